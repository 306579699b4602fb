import { importCycles } from './import-cycles.js';
import {
  computedImports,
  listOfWafs,
  longestFile,
  processExceptions,
  type Room,
  rooms,
  starts,
  wafWords,
  wordExceptions,
} from './rooms.js';
import type { Import, SourceFile } from './source-file.js';

export interface Rule {
  readonly name: string;
  /** One sentence on what to do about it. */
  readonly advice: string;
  /** What is wrong, as `file:line what`. */
  find(files: readonly SourceFile[]): readonly string[];
}

export const rules: readonly Rule[] = [
  {
    name: 'every file has a room',
    advice:
      'Move the file into the room that its noun belongs to; a new room needs a row in test/architecture/rooms.ts.',
    find: (files) => files.filter(({ path }) => roomOf(path) === undefined).map(({ path }) => `${path} is in no room`),
  },
  {
    name: 'a room imports only the rooms that its row names',
    advice:
      'Let pipeline/ join the two: hand over a value or a function, or move what both need down to model/ or util/.',
    find: forEachImport(wrongRoom),
  },
  {
    name: 'one file lists the WAFs',
    advice: 'Take what you need from the Waf that the story was handed; what it lacks belongs into contract/waf.ts.',
    find: forEachImport(wafElsewhere),
  },
  {
    name: 'words of one WAF stay in its folder',
    advice:
      'Say it in words that hold for every WAF, or let the Waf bring the text: facts, checks, advice, next steps, forms.',
    find: foreignWords,
  },
  {
    name: 'a name is declared once',
    advice: 'Give one of the two the name of what it is; one word has one meaning everywhere.',
    find: namesakes,
  },
  {
    name: 'a package is used only in its room',
    advice:
      'Use the package in the room whose row names it, behind an interface of contract/; elsewhere use what Node has.',
    find: forEachImport(wrongPackage),
  },
  {
    name: 'heavy packages load when first used',
    advice: 'Load the package, or the file that needs it, with "await import(…)" inside the function that needs it.',
    find: heavyAtStart,
  },
  {
    name: 'imports name what they load',
    advice: 'Write the path or the package as a literal, so that readers, knip and this test see the edge.',
    find: forEachImport(({ path }, { to }) =>
      to.kind === 'computed' && !Object.hasOwn(computedImports, path) ? 'loads a computed name' : undefined,
    ),
  },
  {
    name: 'only cli touches process',
    advice: 'Take what you need as an argument, from cli/ down; node:os has the platform, node:perf_hooks the clock.',
    find: processElsewhere,
  },
  {
    name: 'only cli reads the environment',
    advice: 'Let cli/ hand the environment down as a value, so that tests and programs can pass their own.',
    find: environmentElsewhere,
  },
  {
    name: 'no import cycles',
    advice: 'Move what both files need into a third one, or pass one to the other as an argument.',
    find: (files) => importCycles(files).map((cycle) => cycle.join(' → ')),
  },
  {
    name: 'no default exports',
    advice: 'Export by name, so that one thing has one name everywhere.',
    find: (files) =>
      files.flatMap((file) => file.defaultExports.map((line) => `${file.path}:${line} has a default export`)),
  },
  {
    name: 'index.ts is the public API, and there is one',
    advice: 'Import from the file that has it; a list of exports in every folder hides who needs what.',
    find: (files) =>
      files.filter(({ path }) => path.endsWith('/index.ts')).map(({ path }) => `${path} is a second one`),
  },
  {
    name: 'no file is long',
    advice: 'Split the file where a reader would put a headline.',
    find: (files) =>
      files.filter(({ lines }) => lines > longestFile).map(({ path, lines }) => `${path} has ${lines} lines`),
  },
];

/** Turns a check of one import, which says what is wrong with it, into one of all. */
function forEachImport(check: (file: SourceFile, found: Import) => string | undefined): Rule['find'] {
  return (files) =>
    files.flatMap((file) =>
      file.imports.flatMap((found) => {
        const wrong = check(file, found);
        return wrong === undefined ? [] : [`${file.path}:${found.line} ${wrong}`];
      }),
    );
}

function roomOf(path: string): Room | undefined {
  return rooms.find(({ folder }) => isWithin(path, folder));
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

function wrongRoom({ path }: SourceFile, { to }: Import): string | undefined {
  const room = roomOf(path);
  if (to.kind !== 'file' || room === undefined || isWithin(to.name, room.folder)) return undefined;
  return importable(room).some((folder) => isWithin(to.name, folder)) ? undefined : `imports ${to.name}`;
}

function importable(room: Room): readonly string[] {
  return room.imports === 'all rooms above'
    ? rooms.slice(0, rooms.indexOf(room)).map(({ folder }) => folder)
    : room.imports;
}

/** The folder of a WAF may import itself. */
function wafElsewhere({ path }: SourceFile, { to }: Import): string | undefined {
  const isElsewhere = to.kind === 'file' && to.name.startsWith('waf/') && !path.startsWith('waf/');
  return isElsewhere && path !== listOfWafs ? `imports ${to.name}` : undefined;
}

function foreignWords(files: readonly SourceFile[]): readonly string[] {
  const elsewhere = files.filter(({ path }) => !path.startsWith('waf/') && !Object.hasOwn(wordExceptions, path));
  return elsewhere.flatMap(({ path, words }) =>
    words.flatMap(({ line, text }) => wafWordsIn(text).map((word) => `${path}:${line} says ${word}`)),
  );
}

/** The words of one WAF that stand in a name or text. */
export function wafWordsIn(text: string): readonly string[] {
  return wafWords.filter((word) => new RegExp(`(?<![A-Z])${word}(?![A-Z])`).test(text));
}

/** Names that several files export; what a file passes on is not its own. */
function namesakes(files: readonly SourceFile[]): readonly string[] {
  const declared = files.flatMap(({ path, exports }) => exports.map((name) => ({ name, path })));
  const names = [...new Set(declared.map(({ name }) => name))].sort();
  return names.flatMap((name) => {
    const places = declared.filter((one) => one.name === name).map(({ path }) => path);
    return places.length > 1 ? [`${name} is declared in ${places.join(' and ')}`] : [];
  });
}

function wrongPackage({ path }: SourceFile, { to }: Import): string | undefined {
  if (to.kind !== 'package' || isOneOf(to.name, roomOf(path)?.packages ?? [])) return undefined;
  return `imports ${to.name}`;
}

function isOneOf(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) =>
    pattern.endsWith('/*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern,
  );
}

function heavyAtStart(files: readonly SourceFile[]): readonly string[] {
  return starts.flatMap(({ entry, when, spared }) => {
    const atStart = (_: SourceFile, { kind, to }: Import): string | undefined =>
      kind === 'static' && to.kind === 'package' && isOneOf(to.name, spared) ? `loads ${to.name} ${when}` : undefined;
    return forEachImport(atStart)(loadedWith(entry, files));
  });
}

function loadedWith(entry: string, files: readonly SourceFile[]): readonly SourceFile[] {
  const loaded = new Set<SourceFile>();
  const visit = (path: string): void => {
    const file = files.find((one) => one.path === path);
    if (file === undefined || loaded.has(file)) return;
    loaded.add(file);
    for (const { kind, to } of file.imports) if (kind === 'static' && to.kind === 'file') visit(to.name);
  };
  visit(entry);
  return [...loaded];
}

function processElsewhere(files: readonly SourceFile[]): readonly string[] {
  const others = files.filter(({ path }) => !isWithin(path, 'cli') && processExceptions[path] === undefined);
  const uses = others.flatMap((file) => file.processUses.map(({ line }) => `${file.path}:${line} uses process`));
  const importsProcess: Parameters<typeof forEachImport>[0] = (_, { to }) =>
    to.kind === 'builtin' && to.name === 'process' ? 'imports node:process' : undefined;
  return [...uses, ...forEachImport(importsProcess)(others)];
}

function environmentElsewhere(files: readonly SourceFile[]): readonly string[] {
  return files
    .filter(({ path }) => !isWithin(path, 'cli'))
    .flatMap((file) =>
      file.processUses.filter(({ env }) => env).map(({ line }) => `${file.path}:${line} reads process.env`),
    );
}
