/** A folder of `src/`, and what its files may import beside one another and Node's own modules. */
export interface Room {
  readonly folder: string;
  readonly holds: string;
  /** Other rooms; a name stands for the rooms below it too. */
  readonly imports: readonly string[] | 'all rooms above';
  /** npm packages; `@scope/*` stands for all of a scope. */
  readonly packages: readonly string[];
}

const base = ['model', 'contract', 'util'];

/** The rooms from the ground up. `.github/ARCHITECTURE.md` shows this table, and a test compares the two. */
export const rooms: readonly Room[] = [
  {
    folder: 'model',
    holds:
      'the nouns, all readonly: case, request, field, exchange, evidence, verdict, finding, report, and the one error',
    imports: [],
    packages: [],
  },
  {
    folder: 'contract',
    holds:
      'what an adapter implements: WAF, engine, log source, field names, prover, dialect, lab server, reporter, transport',
    imports: ['model'],
    packages: [],
  },
  { folder: 'util', holds: 'leaves that have never heard of a WAF', imports: [], packages: [] },
  {
    folder: 'request',
    holds: 'what a request is made of: its bytes, its fields, and the same with other values and names',
    imports: ['model', 'util'],
    packages: [],
  },
  {
    folder: 'html',
    holds: 'a page as its elements, its forms, and what submitting one sends',
    imports: ['model', 'util', 'request'],
    packages: ['parse5'],
  },
  {
    folder: 'yaml',
    holds: 'YAML text to nodes that know their places, and what is wrong with their shape',
    imports: ['model', 'util'],
    packages: ['js-yaml', 'zod'],
  },
  {
    folder: 'suite',
    holds: 'YAML files and corpora to cases, each with its file, line and column',
    imports: [...base, 'request', 'yaml'],
    packages: ['tinyglobby', 'zod'],
  },
  {
    folder: 'replay',
    holds: 'cases over HTTP to exchanges: sessions, limits, correlation ids',
    imports: [...base, 'request', 'html'],
    packages: ['tough-cookie', 'undici'],
  },
  {
    folder: 'evidence',
    holds:
      'log records, of whatever WAF, joined to exchanges by correlation id, whatever order and delay they arrive in',
    imports: base,
    packages: [],
  },
  {
    folder: 'triage',
    holds: 'an exchange and its evidence to a verdict: the WAF, or which other layer and why',
    imports: [...base, 'request'],
    packages: [],
  },
  {
    folder: 'minimize',
    holds: 'the smallest request that still fires the same rules; a search that sends nothing itself',
    imports: base,
    packages: [],
  },
  {
    folder: 'exclude',
    holds: 'hits to exclusions, narrowest first, and the choice among them; a search that asks nobody',
    imports: [...base, 'request'],
    packages: [],
  },
  {
    folder: 'compare',
    holds: 'a run before and a run after: verification, baselines, differences',
    imports: [...base, 'yaml'],
    packages: ['zod'],
  },
  {
    folder: 'prove',
    holds: 'what exclusions are worth: price, neighbours, idle ones; drivers that ask any engine they are given',
    imports: [...base, 'request', 'exclude'],
    packages: [],
  },
  {
    folder: 'report',
    holds: 'a report to text and files, one renderer a format',
    imports: [...base, 'request'],
    packages: ['d3-array', 'd3-scale', 'd3-shape', 'handlebars', 'rolldown'],
  },
  {
    folder: 'journal',
    holds: 'what a run has done so far, on disk, so that it can go on',
    imports: base,
    packages: [],
  },
  {
    folder: 'history',
    holds: 'runs and their findings in a database, and how findings come and go',
    imports: base,
    packages: ['node-sqlite3-wasm'],
  },
  {
    folder: 'lab',
    holds: 'an echo application on loopback, and servers in front of it: processes, ports, folders',
    imports: base,
    packages: [],
  },
  {
    folder: 'waf/modsecurity',
    holds:
      'ModSecurity: its names, logs, engine, checks and texts, dialects, prover, audit, and servers with it for the lab',
    imports: [...base, 'request', 'exclude', 'prove', 'lab'],
    packages: ['koffi'],
  },
  {
    folder: 'waf/aws',
    holds:
      'AWS WAF: web ACLs and what they decide, logs and samples, checks and texts, dialects, prover, lint, and a lab of its own',
    imports: [...base, 'request', 'yaml', 'exclude', 'prove', 'lab'],
    packages: ['@aws-sdk/*', '@cdktf/hcl2json'],
  },
  {
    folder: 'record',
    holds: "real traffic and other tools' tests to a suite; the browser that is driven",
    imports: [...base, 'request', 'html', 'yaml'],
    packages: ['playwright-core', 'saxes', 'tinyglobby'],
  },
  {
    folder: 'config',
    holds: 'defaults, config file, environment and flags to one frozen value',
    imports: ['model', 'util', 'yaml'],
    packages: ['zod'],
  },
  {
    folder: 'pipeline',
    holds: 'the stories (run, check, tune, …), each readable top to bottom; only here are steps joined',
    imports: 'all rooms above',
    packages: ['chokidar'],
  },
  {
    folder: 'cli',
    holds: 'arguments in, exit code out; only here is `process` touched',
    imports: ['pipeline', 'config', 'model', 'util'],
    packages: [],
  },
  {
    folder: 'matchers',
    holds: 'matchers for test runners; each file adds them to the `expect` of one',
    imports: ['pipeline'],
    packages: ['vitest'],
  },
  {
    folder: 'index.ts',
    holds: 'the public API for Node programs and test files',
    imports: ['pipeline', 'config', 'contract', 'model'],
    packages: [],
  },
];

/** The one file that imports WAFs; the stories are handed what is in it. */
export const listOfWafs = 'pipeline/wafs.ts';

/** Words that mean something to one WAF only. Capitals are another word: `ARGS` is not in `GARGSOME`. */
export const wafWords = ['SecRule', 'ARGS', '[Pp]aranoia', 'CRS', 'TX'];

/** Files outside of the folders of WAFs that say such a word in code, and why. */
export const wordExceptions: Readonly<Record<string, string>> = {
  'model/report.ts': 'has the keys of report.json, which others read',
  'model/evidence.ts': 'has the keys of report.json, which others read',
  'model/options.ts': 'has the options of the embedded engine, which programs give',
  'model/problem-texts.ts': 'has the codes of errors, which others read',
  'cli/flags.ts': 'spells the options of the command line',
  'cli/read-options.ts': 'reads the options of the command line, and what the environment says of them',
  'cli/read-sweep.ts': 'names settings of the command line in an example',
  'cli/tune-after.ts': 'names options of the command line',
  'cli/commands/check.ts': 'has examples of the command line',
  'cli/commands/import.ts': 'has examples of the command line',
  'cli/commands/lab.ts': 'has examples of the command line',
};

/** Packages that are rarely needed: they load when first used. */
const rarePackages = [
  '@aws-sdk/*',
  '@cdktf/hcl2json',
  'd3-array',
  'd3-scale',
  'd3-shape',
  'handlebars',
  'koffi',
  'node-sqlite3-wasm',
  'playwright',
  'playwright-core',
  'rolldown',
  'saxes',
];

/** Packages that cost more time to load than the program does to start. */
const slowPackages = [...rarePackages, 'js-yaml', 'tinyglobby', 'undici', 'zod'];

/**
 * Where a start begins, and the packages that it must not wait for. The engine's process is not among them: koffi is all
 * that it is for.
 */
export const starts = [
  { entry: 'cli/run-command-line.ts', when: 'whenever the command starts', spared: slowPackages },
  { entry: 'pipeline/check.ts', when: 'where nothing is sent', spared: [...rarePackages, 'undici'] },
  { entry: 'index.ts', when: 'whenever a program imports it', spared: rarePackages },
];

/** Files outside of `cli/` that may touch `process`, and why. */
export const processExceptions: Readonly<Record<string, string>> = {
  'util/process-identity.ts': 'tells which process this is, and whether another one lives',
  'waf/modsecurity/engine-process.ts': 'is a process of its own, and talks with its parent over process.send',
};

/** Files that import what a user names, and why. */
export const computedImports: Readonly<Record<string, string>> = {
  'record/browser/import-script.ts': 'loads a script that drives a page',
};

export const longestFile = 300;

/** The table of `.github/ARCHITECTURE.md`. */
export function roomTable(): readonly string[] {
  const head = ['| folder in `src/` | holds | may import | npm packages |', '| --- | --- | --- | --- |'];
  return [...head, ...rooms.map(tableRow)];
}

function tableRow({ folder, holds, imports, packages }: Room): string {
  const mayImport = typeof imports === 'string' ? imports : codes(imports);
  return `| \`${folder.includes('.') ? folder : `${folder}/`}\` | ${holds} | ${mayImport} | ${codes(packages)} |`;
}

function codes(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.map((name) => `\`${name}\``).join(', ');
}
