import { join } from 'node:path';
import type { Intent } from '../../model/case.js';
import { fail } from '../../model/error.js';
import { formatTable, type ImportOptions, type ImportResult, importSuites } from '../../pipeline/import.js';
import { groupBy } from '../../util/group-by.js';
import { printable } from '../../util/printable.js';
import type { Arguments } from '../arguments.js';
import type { Command } from '../command.js';
import { describeLeftOut, describeNeeded } from '../describe-imported.js';
import { type Flag, sharedFlags } from '../flags.js';
import type { Output } from '../io.js';

const defaultOut = 'suites/imported';

const importFlags: readonly Flag[] = [
  { long: 'out', short: 'o', argument: 'dir', help: `folder for the suites (default: ${defaultOut})` },
  { long: 'force', help: 'overwrite suites that are there' },
  { long: 'stdout', help: 'write the suite to standard output, secrets in it as they are, and no file' },
  {
    long: 'origin',
    argument: 'url',
    several: true,
    help: 'requests to these alone (default: of traffic the application that it begins with, else all)',
  },
  {
    long: 'methods',
    argument: 'name',
    several: true,
    help: 'these methods alone (default: of traffic all but GET, HEAD and OPTIONS, else all)',
  },
  { long: 'keep-get', help: 'keep GET and HEAD of traffic as well' },
  {
    long: 'keep-secrets',
    help: 'write passwords, keys, tokens and cookies as they are (default: !env and !session, and a list of what to set)',
  },
  { long: 'env', argument: 'file', help: "values for the source's variables, such as an environment of Postman" },
  {
    long: 'allow-outside',
    help: "read files outside of the source's folder, and documents of other hosts, where it names them",
  },
];

export const importCommand: Command = {
  name: 'import',
  summary: `Writes suites from other sources: ${formatTable()
    .map(({ name, summary }) => `${name} (${summary})`)
    .join(', ')}`,
  operands: '<format> <path…>',
  flags: [...importFlags, ...sharedFlags.filter(({ long }) => long === 'help')],
  examples: [
    'pbpaste | wafproof import curl - --stdout | wafproof check -',
    'wafproof import curl bug-report.md --out suites',
    'wafproof import ftw ~/coreruleset/tests/regression/tests',
    'wafproof check suites/imported/attacks --paranoia 4',
    'wafproof tune reports/out/report.json --attacks suites/imported/attacks',
  ],
  async run(args, io) {
    const options = readOptions(args);
    const result = await importSuites(options, io);
    const told: Output = options.out === undefined ? io.stderr : io.stdout;
    for (const line of describe(result, options.out)) told.write(`${printable(line)}\n`);
    const { write, writeAsIs = write } = io.stdout;
    for (const text of result.texts) writeAsIs(text);
    return { kind: 'imported', suites: result.written.length + result.texts.length };
  },
};

function readOptions(args: Arguments): ImportOptions {
  const usage = (message: string) => fail('USAGE', { message, command: 'import' });
  const [format, ...path] = args.positionals;
  if (format === undefined || path.length === 0) throw usage('a format and a path are needed, such as "ftw tests/"');
  if (args.on('stdout') && (path.length > 1 || args.on('out')))
    throw usage('--stdout writes the suite of one file, and takes no --out');
  const environment = args.text('env');
  return {
    format,
    path,
    ...(!args.on('stdout') && { out: args.text('out') ?? defaultOut }),
    force: args.on('force'),
    ...(args.on('origin') && { origins: args.list('origin').map((origin) => origin.replace(/\/$/, '').toLowerCase()) }),
    ...(args.on('methods') && { methods: args.list('methods') }),
    keepGet: args.on('keep-get'),
    ...(args.on('keep-secrets') && { keepSecrets: true }),
    allowOutside: args.on('allow-outside'),
    ...(environment !== undefined && { environment }),
  };
}

function describe(
  { found, written, texts, leftOut, notes, needed }: ImportResult,
  out: string | undefined,
): readonly string[] {
  return [
    `found ${found}, imported ${found - leftOut.length}, left out ${leftOut.length}`,
    ...(out === undefined ? [] : describeWritten(written, out)),
    ...describeLeftOut(leftOut),
    ...notes,
    ...describeNeeded(needed),
    ...(texts.length > 1 ? ['these are several suites, one after another: write them to files with --out'] : []),
  ];
}

const nouns: Readonly<Record<Intent, string>> = { attack: 'attack', legitimate: 'legitimate request' };

function describeWritten(written: ImportResult['written'], out: string): readonly string[] {
  return [...groupBy(written, ({ intent, file }) => `${intent} ${file.includes('/')}`).values()].map((suites) => {
    const cases = suites.reduce((sum, suite) => sum + suite.cases, 0);
    const [first] = suites;
    const [top = ''] = (first?.file ?? '').split('/');
    const where = suites.length > 1 && top === first?.file ? out : join(out, top);
    return `wrote ${count(cases, nouns[first?.intent ?? 'legitimate'])} in ${count(suites.length, 'suite')} to ${where}`;
  });
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
