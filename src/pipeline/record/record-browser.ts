import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fail } from '../../model/error.js';
import type { CapturedRequest } from '../../record/captured-request.js';
import type { Imported } from '../../record/import-format.js';
import { countsByReason } from '../../record/left-out.js';
import { splitUrl } from '../../record/split-url.js';
import { type SuiteSettings, toDrafts } from '../../record/to-suite.js';
import { counted } from '../../util/counted.js';
import { reasonOf } from '../../util/reason-of.js';
import { checkInto } from '../check.js';
import type { ResultStore } from '../result-store.js';
import { toolVersion } from '../tool-version.js';
import type { World } from '../world.js';
import { assertFree } from './assert-free.js';
import { driveBrowser } from './drive-browser.js';
import type { RecordBrowserOptions, Recorded } from './record-options.js';
import { RecordedSuites } from './recorded-suites.js';

/**
 * Records what is sent from a browser, by a person who clicks or by a script, and writes it into suites when the window is
 * closed, the script has ended, or the signal comes.
 * @throws WafproofError `OUTPUT_EXISTS`, `OUTPUT_UNWRITABLE`, `RECORD_NOTHING`, `RECORD_UNREACHABLE`, `SCRIPT_INVALID`,
 * `SCRIPT_FAILED` once all is written, `STATE_INVALID`, `BROWSER_…`, `LAB_…`, and those of `check`
 */
export async function recordBrowser(
  results: ResultStore,
  options: RecordBrowserOptions,
  world: World,
): Promise<Recorded> {
  const { out, name, force, through } = options;
  const files = [name, `${name}-background`].map((stem) => join(out, `${stem}.yaml`));
  if (!force) await assertFree([...files, ...(options.har === undefined ? [] : [options.har])], world.cwd);
  const suites = new RecordedSuites(options, resolve(world.cwd, out));
  const use = await driveBrowser(options, async (one) => void (await suites.write(one)), world);
  const { requests, failure, leftOut: forms } = use;
  const made = await suites.write(use);
  if (options.har !== undefined) await writeArchive(requests, options.har, suites.settingsOf(use), world);
  const written = made.suites.map(({ file, cases }) => ({ file: join(out, file), cases: cases.length }));
  if (failure !== undefined) {
    for (const { file, cases } of written) options.tell(`wrote ${counted(cases, 'case')} to ${file}`);
    throw failure;
  }
  if (made.suites.length === 0) {
    const leftOut = countsByReason([...forms, ...made.leftOut]);
    throw fail('RECORD_NOTHING', { found: requests.length, leftOut });
  }
  const report = through && (await checkRecorded(results, written, made, through, world));
  const { leftOut, notes, needed = [] } = made;
  const told = { found: requests.length, leftOut: [...forms, ...leftOut], notes, needed };
  return { ...(report && { report }), files: written, ...told };
}

/** All that was sent to whichever application, again and again where it was. */
async function writeArchive(
  requests: readonly CapturedRequest[],
  file: string,
  settings: SuiteSettings,
  world: World,
): Promise<void> {
  const origins = [...new Set(requests.map(({ url }) => splitUrl(url).origin))];
  const { drafts } = toDrafts(requests, { ...settings, origins, keepGet: true, keepsAgain: true });
  const { writeHar } = await import('../../record/har/write-har.js');
  const path = resolve(world.cwd, file);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, writeHar(drafts, { name: 'wafproof', version: toolVersion() }));
  } catch (cause) {
    throw fail('OUTPUT_UNWRITABLE', { reason: reasonOf(cause) }, { place: { file }, cause });
  }
}

/** The end of a recording is no reason to leave its check undone. */
async function checkRecorded(
  results: ResultStore,
  written: Recorded['files'],
  { secretValues = new Map() }: Imported,
  { waf, engine }: NonNullable<RecordBrowserOptions['through']>,
  world: World,
) {
  const env = { ...world.env, ...Object.fromEntries(secretValues) };
  const { signal } = new AbortController();
  return checkInto(
    results,
    { suites: written.map(({ file }) => file), ...(waf && { waf }), ...(engine && { engine }) },
    { ...world, env, signal },
  );
}
