import { ftwFormat } from './ftw/ftw-format.js';
import type { ImportFormat } from './import-format.js';

/** Every format that can be imported, by the name that the command line has for it. */
export const importFormats: ReadonlyMap<string, ImportFormat> = new Map([['ftw', ftwFormat]]);
