import { join } from 'node:path';
import type { Intent } from '../../model/case.js';
import { fail } from '../../model/error.js';
import { formatTable, type ImportResult, importSuites } from '../../pipeline/import.js';
import { groupBy } from '../../util/group-by.js';
import { nameSome } from '../../util/name-some.js';
import { printable } from '../../util/printable.js';
import type { Command } from '../command.js';
import { type Flag, sharedFlags } from '../flags.js';

const defaultOut = 'suites/imported';

const importFlags: readonly Flag[] = [
  { long: 'out', short: 'o', argument: 'dir', help: `folder for the suites (default: ${defaultOut})` },
  { long: 'force', help: 'overwrite suites that are there' },
];

export const importCommand: Command = {
  name: 'import',
  summary: `Writes suites from other sources: ${formatTable()
    .map(({ name, summary }) => `${name} (${summary})`)
    .join(', ')}`,
  operands: '<format> <path>',
  flags: [...importFlags, ...sharedFlags.filter(({ long }) => long === 'help')],
  examples: [
    'wafproof import ftw ~/coreruleset/tests/regression/tests',
    'wafproof check suites/imported/attacks --paranoia 4',
    'wafproof tune reports/out/report.json --attacks suites/imported/attacks',
  ],
  async run(args, io) {
    const [format, path, ...others] = args.positionals;
    if (format === undefined || path === undefined || others.length > 0)
      throw fail('USAGE', { message: 'a format and one path are needed, such as "ftw tests/"', command: 'import' });
    const out = args.text('out') ?? defaultOut;
    const result = await importSuites({ format, path, out, force: args.on('force') }, io);
    for (const line of describe(result, out)) io.stdout.write(`${printable(line)}\n`);
    return { kind: 'imported', suites: result.written.length };
  },
};

function describe({ found, written, leftOut, notes }: ImportResult, out: string): readonly string[] {
  const cases = written.reduce((sum, suite) => sum + suite.cases, 0);
  return [
    `found ${found}, imported ${cases}, left out ${leftOut.length}`,
    ...describeWritten(written, out),
    ...describeLeftOut(leftOut),
    ...notes,
  ];
}

const nouns: Readonly<Record<Intent, string>> = { attack: 'attack', legitimate: 'legitimate request' };

function describeWritten(written: ImportResult['written'], out: string): readonly string[] {
  return [...groupBy(written, ({ intent }) => intent)].map(([intent, suites]) => {
    const cases = suites.reduce((sum, suite) => sum + suite.cases, 0);
    const [folder = ''] = (suites[0]?.file ?? '').split('/');
    return `wrote ${count(cases, nouns[intent])} in ${count(suites.length, 'suite')} to ${join(out, folder)}`;
  });
}

/** What is left out most comes first. */
function describeLeftOut(leftOut: ImportResult['leftOut']): readonly string[] {
  const groups = [...groupBy(leftOut, ({ reason }) => reason)].sort(([, a], [, b]) => b.length - a.length);
  return groups.map(
    ([reason, group]) => `left out ${group.length}: ${reason}: ${nameSome(group.map(({ name }) => name))}`,
  );
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
