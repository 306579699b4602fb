import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Imported } from '../../record/import-format.js';
import { type SuiteSettings, toSuite } from '../../record/to-suite.js';
import { addressForPeople } from '../../record/without-secrets.js';
import { writeSuiteFile } from '../write-suite-file.js';
import type { BrowserUse } from './drive-browser.js';
import type { RecordBrowserOptions } from './record-options.js';

/** The suites of a recording, which are written as it grows. */
export class RecordedSuites {
  readonly #options: RecordBrowserOptions;
  readonly #folder: string;
  readonly #origin: string;
  readonly #files = new Set<string>();

  /** @param folder the whole path */
  constructor(options: RecordBrowserOptions, folder: string) {
    this.#options = options;
    this.#folder = folder;
    this.#origin = new URL(options.url).origin;
  }

  settingsOf({ secrets, secretTexts }: BrowserUse): SuiteSettings {
    const { url, name } = this.#options;
    const source = addressForPeople(url);
    return { source, stem: name, isRecorded: true, keepsBackground: true, secrets, secretTexts, origin: this.#origin };
  }

  /** Writes what there is by now over what was written before: a suite that has no cases any more goes. */
  async write(use: BrowserUse): Promise<Imported> {
    const { origins, keepGet } = this.#options;
    const wanted = { origins: [this.#origin, ...origins], keepGet, refused: use.refused };
    const made = toSuite(use.requests, { ...this.settingsOf(use), ...wanted });
    for (const { file } of made.suites) this.#files.add(file);
    for (const suite of made.suites) await writeSuiteFile(suite, this.#folder, true);
    const gone = [...this.#files].filter((file) => !made.suites.some((suite) => suite.file === file));
    for (const file of gone) await rm(join(this.#folder, file), { force: true });
    return made;
  }
}
