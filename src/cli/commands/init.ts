import type { Command } from '../command.js';
import { sharedFlags } from '../flags.js';

export const initCommand: Command = {
  name: 'init',
  summary: 'Writes a first config and suite in this folder',
  operands: '',
  flags: sharedFlags.filter(({ long }) => long === 'help'),
  examples: ['wafproof init && wafproof check'],
  async run(_args, io) {
    const { init } = await import('../../pipeline/init.js');
    const { written, kept } = await init(io.cwd);
    for (const name of written) io.stdout.write(`wrote ${name}\n`);
    for (const name of kept) io.stdout.write(`kept ${name}, which was there\n`);
    io.stdout.write('next: "wafproof check" evaluates the suite on the embedded engine\n');
    return { kind: 'done' };
  },
};
