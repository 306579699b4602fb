import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { fail } from '../../model/error.js';
import { reasonOf } from '../../util/reason-of.js';
import { readTar } from '../../util/tar-reader.js';
import { makeTemporaryFolder } from '../../util/temporary-folder.js';
import { readZip } from '../../util/zip-reader.js';

/** A Core Rule Set in a folder, which is gone when it is closed where it came out of an archive. */
export interface OpenedCrs {
  /** Absent: the one that is installed. */
  readonly folder?: string;
  close(): Promise<void>;
}

const mostBytes = 64 * 1024 * 1024;
/** `coreruleset-4.9.0/rules/REQUEST-901-INITIALIZATION.conf`: what an engine loads, in whatever folder. */
const wanted = /(?:^|\/)(rules\/[\w.-]+\.(?:conf|data)|crs-setup\.conf(?:\.example)?)$/;

/**
 * Opens a Core Rule Set: a folder is what it is, a release archive (`.tar.gz` or `.zip`, as the project publishes them) is unpacked
 * into a temporary folder. Of an archive only rules, their data and the settings are read, by their last names alone, so that no
 * path in it leads anywhere else.
 * @throws WafproofError `CRS_ARCHIVE`
 */
export async function openCrs(path: string | undefined): Promise<OpenedCrs> {
  const nothing = async () => undefined;
  if (path === undefined) return { close: nothing };
  const isFile = await stat(path).then(
    (info) => info.isFile(),
    () => false,
  );
  return isFile ? unpack(path) : { folder: path, close: nothing };
}

async function unpack(path: string): Promise<OpenedCrs> {
  const files = await readArchive(path);
  const folder = await makeTemporaryFolder('crs');
  const close = () => rm(folder, { recursive: true, force: true });
  let rules = 0;
  await mkdir(join(folder, 'rules'));
  for (const { name, content } of files) {
    const place = wanted.exec(name)?.[1];
    if (place === undefined) continue;
    rules += Number(place.endsWith('.conf') && place.startsWith('rules/'));
    await writeFile(join(folder, place), content);
  }
  if (rules > 0) return { folder, close };
  await close();
  throw fail('CRS_ARCHIVE', { reason: 'it holds no rules/*.conf' }, { place: { file: path } });
}

interface ArchiveFile {
  readonly name: string;
  readonly content: Uint8Array;
}

/** Whether a file is read. */
function isWanted(name: string): boolean {
  if (name.split(/[\\/]/).includes('..') || /^(?:[\\/]|[A-Za-z]:)/.test(name)) {
    throw new Error(`${JSON.stringify(name.slice(0, 80))} leads out of the archive`);
  }
  return wanted.test(name);
}

async function readArchive(path: string): Promise<readonly ArchiveFile[]> {
  try {
    const bytes = await readFile(path);
    if (bytes.subarray(0, 2).toString('latin1') === 'PK') {
      return [...readZip(bytes, { mostBytes, wants: isWanted })];
    }
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const tar = isPacked ? await promisify(gunzip)(bytes, { maxOutputLength: mostBytes }) : bytes;
    return [...readTar(tar)].filter(({ name }) => isWanted(name));
  } catch (cause) {
    throw fail('CRS_ARCHIVE', { reason: reasonOf(cause) }, { place: { file: path }, cause });
  }
}
