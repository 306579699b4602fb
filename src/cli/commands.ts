import type { Command } from './command.js';
import { checkCommand } from './commands/check.js';
import { demoCommand } from './commands/demo.js';
import { initCommand } from './commands/init.js';
import { labCommand } from './commands/lab.js';
import { reportCommand } from './commands/report.js';
import { runCommand } from './commands/run.js';

/** Every command, in the order in which help shows them. */
export const commands: readonly Command[] = [
  runCommand,
  checkCommand,
  reportCommand,
  labCommand,
  initCommand,
  demoCommand,
];
