import type { Io, Output } from '../../src/cli/io.js';
import { runCommandLine } from '../../src/cli/run-command-line.js';
import { type Files, folderOf } from '../suite/suite-folder.js';

/** What a command wrote and came to. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The working directory. */
  readonly folder: string;
}

export interface Surroundings {
  readonly files?: Files;
  readonly env?: Io['env'];
  /** Columns of the terminal; none by default. */
  readonly columns?: number;
  readonly signal?: AbortSignal;
  /** The working directory; one of its own by default. */
  readonly folder?: string;
  /** What a person at the terminal answers; nobody sits there by default. */
  readonly ask?: Io['ask'];
}

/** An output that keeps what is written. */
export function recorder(columns?: number): Output & { readonly texts: string[] } {
  const texts: string[] = [];
  return { texts, write: (text) => void texts.push(text), ...(columns !== undefined && { columns }) };
}

/** Runs a command line in a folder of its own, in this process. `./` in its words stands for that folder. */
export async function wafproof(words: readonly string[], surroundings: Surroundings = {}): Promise<Ran> {
  const { files = {}, env = {}, columns, signal = new AbortController().signal, ask } = surroundings;
  const folder = surroundings.folder ?? (await folderOf(files));
  const [stdout, stderr] = [recorder(columns), recorder(columns)];
  const placed = words.map((word) => word.replace(/^(--[\w-]+=)?\.\//, `$1${folder}/`));
  const code = await runCommandLine(placed, { cwd: folder, env, stdout, stderr, signal, ...(ask && { ask }) });
  return { code, stdout: stdout.texts.join(''), stderr: stderr.texts.join(''), folder };
}

/** A Core Rule Set of two rules: `evil` is refused, `odd` is noticed. */
const crs = {
  'crs/rules/own.conf':
    'SecRule ARGS "@contains evil" "id:1000,phase:2,deny,status:403,log,msg:\'Evil\',severity:CRITICAL"\n' +
    'SecRule ARGS "@contains odd" "id:1001,phase:2,pass,log,msg:\'Odd\',severity:NOTICE"\n',
};

/** A suite of which one case passes, one nearly does not, and, where it is asked for, one is refused. */
function suite({ evil = false } = {}): string {
  const cases = [
    '  - { id: plain, tags: [calm], form: { q: hello } }',
    '  - { id: near, title: A near miss, form: { q: odd } }',
    ...(evil ? ['  - { id: refused, form: { q: evil } }'] : []),
  ];
  return `suite: S\ndefaults: { path: /search }\ncases:\n${cases.join('\n')}\n`;
}

/** Checks a suite with the two rules. */
export function check(
  words: readonly string[],
  { evil = false, ...surroundings }: Surroundings & { evil?: boolean } = {},
) {
  const files = { ...crs, 's.yaml': suite({ evil }), ...surroundings.files };
  return wafproof(['check', '--crs', './crs', '--workers', '1', '--out', './out', ...words], {
    ...surroundings,
    files,
  });
}
