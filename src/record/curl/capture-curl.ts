import type { Capture } from '../capturing.js';
import { localFiles } from '../local-files.js';
import { readSource } from '../read-source.js';
import { readCurl } from './read-curl.js';

/** The longest text with commands: 16 MB. */
const maxText = 16 * 1024 * 1024;

export const captureCurl: Capture = async (source, { allowOutside }) =>
  readCurl(await readSource(source, maxText), source.shown, localFiles(source.folder, allowOutside));
