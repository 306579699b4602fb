import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { KnownMatches, MatchStore } from '../../contract/match-store.js';
import type { RuleMatch } from '../../contract/prover.js';
import type { World } from '../world.js';

/** Where what attacks fire is kept from one tune to the next; nothing where the user has no folder for such things. */
export function matchFolder({ XDG_CACHE_HOME: caches, HOME: home }: World['env']): string | undefined {
  if (caches !== undefined && isAbsolute(caches)) return join(caches, 'wafproof', 'matches');
  return home === undefined || !isAbsolute(home) ? undefined : join(home, '.cache', 'wafproof', 'matches');
}

/** The oldest files go when there are more. A file has 100 to 200 kB. */
const mostFiles = 400;

/**
 * A file a key. It has a line for each attack: its hash, and the numbers of rules with their points. The last line holds a
 * hash of the others: a file that was cut or changed counts as none. Files are replaced as a whole, so jobs that run at
 * the same time lose at most what the other one found. Where nothing can be written, nothing is kept.
 */
export function matchFiles(folder: string): MatchStore {
  const pathOf = (key: string) => join(folder, `${key}.txt`);
  return {
    async read(key) {
      const path = pathOf(key);
      const text = await readFile(path, 'utf8').catch(() => '');
      const known = parseMatches(text);
      const now = new Date();
      if (known.size > 0) await utimes(path, now, now).catch(() => undefined);
      return known;
    },
    async add(key, matches) {
      try {
        const known = parseMatches(await readFile(pathOf(key), 'utf8').catch(() => ''));
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const draft = join(folder, `${key}.${randomUUID()}.new`);
        await writeFile(draft, formatMatches(new Map([...known, ...matches])), { mode: 0o600 });
        await rename(draft, pathOf(key));
        await prune(folder);
      } catch {
        // It only spares time: a job without it comes to the same.
      }
    },
  };
}

async function prune(folder: string): Promise<void> {
  const names = await readdir(folder);
  if (names.length <= mostFiles) return;
  const files = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })));
  const oldest = files.sort((a, b) => a.at - b.at).slice(0, files.length - mostFiles);
  await Promise.all(oldest.map(({ name }) => rm(join(folder, name), { force: true })));
}

/** `kq3…Yw 942100=5 941100=5`, a line an attack. */
export function formatMatches(matches: KnownMatches): string {
  const lines = [...matches].map(([key, rules]) => [key, ...rules.map(formatMatch)].join(' '));
  const body = [head, ...lines, ''].join('\n');
  return `${body}${hashOf(body)}\n`;
}

const head = 'wafproof matches 1';

function formatMatch({ ruleId, scoring }: RuleMatch): string {
  return `${encodeURIComponent(ruleId)}${typeof ruleId === 'string' ? ':' : ''}=${scoring ?? ''}`;
}

/** What a file says; nothing where it is not whole. */
export function parseMatches(text: string): KnownMatches {
  const end = text.lastIndexOf('\n', text.length - 2) + 1;
  const body = text.slice(0, end);
  const [first, ...lines] = body.split('\n').slice(0, -1);
  if (first !== head || text.slice(end) !== `${hashOf(body)}\n`) return new Map();
  return new Map(
    lines.map((line) => {
      const [key = '', ...rules] = line.split(' ');
      return [key, rules.map(parseMatch)] as const;
    }),
  );
}

function parseMatch(text: string): RuleMatch {
  const [, id = '', isText, points] = /^([^:=]*)(:?)=(.*)$/.exec(text) ?? [];
  const ruleId = isText === ':' ? decodeURIComponent(id) : Number(id);
  return { ruleId, ...(points !== undefined && points !== '' && { scoring: Number(points) }) };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
