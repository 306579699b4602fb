import { readFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import type { Dialect } from '../../contract/dialect.js';
import type { ReportFile } from '../../contract/reporter.js';
import { fail } from '../../model/error.js';
import { type Configuration, configurationMark } from '../../model/report.js';

/** The files of configurations; each dialect has a folder of its name. */
export function filesOf(configurations: readonly Pick<Configuration, 'dialect' | 'files'>[]): readonly ReportFile[] {
  return configurations.flatMap(({ dialect, files }) =>
    files.map(({ name, content }) => ({ name: `${dialect}/${name}`, content })),
  );
}

/** The files that a dialect writes whatever there is to exclude: where they lie is known before anything is searched. */
export function filesAlways(dialects: readonly Dialect[], engine: string): readonly ReportFile[] {
  return filesOf(
    dialects.map((dialect) => ({ dialect: dialect.name, ...dialect.write([], { reasons: new Map(), engine }) })),
  );
}

/**
 * Sees to it that files may be written: what lies there is missing, or was written by us. Names such as those of the Core Rule Set's own
 * two files may be taken by what somebody else put there. A file that has no place for words of ours has them in a text beside it.
 * @throws WafproofError `OUTPUT_NOT_OURS`
 */
export async function refuseOthersFiles(files: readonly ReportFile[], out: string): Promise<void> {
  for (const { name } of files) {
    const file = join(out, name);
    const { dir, name: bare } = parse(file);
    const isOurs = (await isMarked(file)) ?? true;
    if (!isOurs && !(await isMarked(join(dir, `${bare}.txt`)))) throw fail('OUTPUT_NOT_OURS', {}, { place: { file } });
  }
}

/** Nothing where there is no such file. */
async function isMarked(file: string): Promise<boolean | undefined> {
  const text = await readFile(file, 'latin1').catch(() => undefined);
  return text?.includes(configurationMark);
}
