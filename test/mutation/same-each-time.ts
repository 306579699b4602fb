import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';

/** What tests write goes away with the copy of the repository that they run in, even where a run is cut off. */
const folder = join(import.meta.dirname, '../../reports/out/mutation/written');
mkdirSync(folder, { recursive: true });
process.env['TMPDIR'] = folder;

/** A mutant that is found today is found tomorrow, and nobody reads a smallest example of it. */
fc.configureGlobal({ seed: 942_100, endOnFailure: true });
