import { fail } from '../model/error.js';
import type { Arguments } from './arguments.js';

export const defaultRecorded = 'suites/recorded';
export const defaultReport = 'reports/out';

/** Where a recording is written. */
export function readRecordPlace(args: Arguments) {
  const name = args.text('name') ?? 'recorded';
  if (!/^[\w.-]+$/.test(name))
    throw fail('USAGE', {
      message: `--name takes letters, digits, dots and hyphens, not "${name}"`,
      command: 'record',
    });
  return { out: args.text('out') ?? defaultRecorded, name, force: args.on('force') };
}

/** `--out` is for the suite; the reports are for another folder. */
export function withReportFolder(args: Arguments): { readonly args: Arguments; readonly folder: string } {
  const folder = args.text('report') ?? defaultReport;
  return { args: { ...args, text: (flag) => (flag === 'out' ? folder : args.text(flag)) }, folder };
}
