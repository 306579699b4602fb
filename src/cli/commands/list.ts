import { printable } from '../../util/printable.js';
import { safeJson } from '../../util/safe-json.js';
import type { Command } from '../command.js';
import { type Flag, seedFlag, selectionFlags, sharedFlags } from '../flags.js';
import { readConfig, readSeed, readSelection, readSuites } from '../read-options.js';

const jsonFlag: Flag = {
  long: 'json',
  help: 'each case as a line of JSON, with method, path, headers and body (base64) as they would go out',
};

export const listCommand: Command = {
  name: 'list',
  summary: 'Lists the cases of suites without sending them',
  operands: '[suite…]',
  flags: [
    ...selectionFlags,
    seedFlag,
    jsonFlag,
    ...sharedFlags.filter(({ long }) => ['config', 'help'].includes(long)),
  ],
  examples: [
    'wafproof list suites',
    'wafproof list suites --tag checkout',
    `wafproof list suites/comments.yaml --json | jq -r '.wire.bodyBase64 | @base64d'`,
  ],
  async run(args, io) {
    const { listCases } = await import('../../pipeline/list.js');
    const config = await readConfig(args, io);
    const options = { suites: readSuites(args, config), select: readSelection(args, io), ...readSeed(args) };
    for await (const one of listCases(options, io)) {
      const { id, title, from, wire } = one;
      const plain = `${id}  ${wire.method} ${wire.path}${from === undefined ? '' : `  (with the other fields of the form on ${from.page})`}${title === undefined ? '' : `  ${title}`}`;
      io.stdout.write(`${args.on('json') ? safeJson(one) : printable(plain)}\n`);
      await io.stdout.drained?.();
    }
    return { kind: 'done' };
  },
};
