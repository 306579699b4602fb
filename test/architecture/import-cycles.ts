import type { SourceFile } from './source-file.js';

/** Cycles of imports, types included, each as the files on the way round; every tangle of files yields at least one. */
export function importCycles(files: readonly SourceFile[]): readonly (readonly string[])[] {
  const targets = new Map(files.map((file) => [file.path, importedFiles(file)]));
  const finished = new Set<string>();
  const cycles: string[][] = [];
  const visit = (path: string, way: readonly string[]): void => {
    if (way.includes(path)) cycles.push([...way.slice(way.indexOf(path)), path]);
    if (way.includes(path) || finished.has(path)) return;
    for (const next of targets.get(path) ?? []) visit(next, [...way, path]);
    finished.add(path);
  };
  for (const { path } of files) visit(path, []);
  return cycles;
}

function importedFiles({ imports }: SourceFile): readonly string[] {
  return imports.flatMap(({ to }) => (to.kind === 'file' ? [to.name] : []));
}
