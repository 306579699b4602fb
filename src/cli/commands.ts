import type { Command } from './command.js';
import { checkCommand } from './commands/check.js';
import { completionCommand } from './commands/completion.js';
import { demoCommand } from './commands/demo.js';
import { doctorCommand } from './commands/doctor.js';
import { importCommand } from './commands/import.js';
import { initCommand } from './commands/init.js';
import { labCommand } from './commands/lab.js';
import { listCommand } from './commands/list.js';
import { logsCommand } from './commands/logs.js';
import { recordCommand } from './commands/record.js';
import { reportCommand } from './commands/report.js';
import { runCommand } from './commands/run.js';
import { triageCommand } from './commands/triage.js';
import { tuneCommand } from './commands/tune.js';

/** Every command, in the order in which help shows them. */
export const commands: readonly Command[] = [
  runCommand,
  checkCommand,
  doctorCommand,
  tuneCommand,
  triageCommand,
  reportCommand,
  logsCommand,
  listCommand,
  labCommand,
  recordCommand,
  importCommand,
  initCommand,
  demoCommand,
  completionCommand(() => commands),
];
