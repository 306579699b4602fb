import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { NoteStore, Notes } from '../contract/note-store.js';
import type { World } from './world.js';

/** Where notes of a kind are kept from one job to the next; nothing where the user has no folder for such things. */
export function noteFolder(
  kind: 'matches' | 'prices' | 'audits',
  { XDG_CACHE_HOME: caches, HOME: home }: World['env'],
): string | undefined {
  if (caches !== undefined && isAbsolute(caches)) return join(caches, 'wafproof', kind);
  return home === undefined || !isAbsolute(home) ? undefined : join(home, '.cache', 'wafproof', kind);
}

/** Notes in files. */
export interface NoteFiles {
  readonly folder: string;
  /** The first line of each file, with the version of its format. */
  readonly head: string;
  /** The oldest files go when there are more. */
  readonly mostFiles: number;
}

/**
 * A file a key, a line a note. The last line holds a hash of the others: a file that was cut or changed counts as none.
 * Files are replaced as a whole, so jobs that run at the same time lose at most what the other one found. Where nothing can
 * be written, nothing is kept.
 */
export function noteFiles({ folder, head, mostFiles }: NoteFiles): NoteStore {
  const pathOf = (key: string) => join(folder, `${key}.txt`);
  return {
    async read(key) {
      const path = pathOf(key);
      const known = parseNotes(await readFile(path, 'utf8').catch(() => ''), head);
      const now = new Date();
      if (known.size > 0) await utimes(path, now, now).catch(() => undefined);
      return known;
    },
    async add(key, notes) {
      try {
        const known = parseNotes(await readFile(pathOf(key), 'utf8').catch(() => ''), head);
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const draft = join(folder, `${key}.${randomUUID()}.new`);
        await writeFile(draft, formatNotes(new Map([...known, ...notes]), head), { mode: 0o600 });
        await rename(draft, pathOf(key));
        await prune(folder, mostFiles);
      } catch {
        // It only spares time: a job without it comes to the same.
      }
    },
  };
}

async function prune(folder: string, mostFiles: number): Promise<void> {
  const names = await readdir(folder);
  if (names.length <= mostFiles) return;
  const files = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })));
  const oldest = files.sort((a, b) => a.at - b.at).slice(0, files.length - mostFiles);
  await Promise.all(oldest.map(({ name }) => rm(join(folder, name), { force: true })));
}

/** `name text`, a line a note. */
export function formatNotes(notes: Notes, head: string): string {
  const lines = [...notes].map(([name, text]) => (text === '' ? name : `${name} ${text}`));
  const body = [head, ...lines, ''].join('\n');
  return `${body}${hashOf(body)}\n`;
}

/** What a file says; nothing where it is not whole. */
export function parseNotes(text: string, head: string): Notes {
  const end = text.lastIndexOf('\n', text.length - 2) + 1;
  const body = text.slice(0, end);
  const [first, ...lines] = body.split('\n').slice(0, -1);
  if (first !== head || text.slice(end) !== `${hashOf(body)}\n`) return new Map();
  return new Map(
    lines.map((line) => {
      const blank = line.indexOf(' ');
      return blank < 0 ? [line, ''] : [line.slice(0, blank), line.slice(blank + 1)];
    }),
  );
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
