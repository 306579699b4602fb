import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
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
 * two files may be taken by what somebody else put there.
 * @throws WafproofError `OUTPUT_NOT_OURS`
 */
export async function refuseOthersFiles(files: readonly ReportFile[], out: string): Promise<void> {
  for (const { name } of files) {
    const file = join(out, name);
    const text = await readFile(file, 'latin1').catch(() => undefined);
    if (text !== undefined && !text.includes(configurationMark)) throw fail('OUTPUT_NOT_OURS', {}, { place: { file } });
  }
}
