import type { KnownMatches, MatchStore } from '../contract/match-store.js';
import type { Notes } from '../contract/note-store.js';
import type { RuleMatch } from '../contract/prover.js';
import { noteFiles } from './note-files.js';

/** A file has 100 to 200 kB. */
const mostFiles = 400;

/** What attacks fire, as notes in files: the hash of each attack, and the numbers of rules with their points. */
export function matchFiles(folder: string): MatchStore {
  const files = noteFiles({ folder, head: 'wafproof matches 1', mostFiles });
  return {
    read: async (key) => matchesIn(await files.read(key)),
    add: (key, matches) => files.add(key, notesOf(matches)),
  };
}

/** `kq3…Yw 942100=5 941100=5` */
export function notesOf(matches: KnownMatches): Notes {
  return new Map([...matches].map(([attack, rules]) => [attack, rules.map(formatMatch).join(' ')]));
}

function formatMatch({ ruleId, scoring }: RuleMatch): string {
  return `${encodeURIComponent(ruleId)}${typeof ruleId === 'string' ? ':' : ''}=${scoring ?? ''}`;
}

export function matchesIn(notes: Notes): KnownMatches {
  return new Map([...notes].map(([attack, text]) => [attack, text === '' ? [] : text.split(' ').map(parseMatch)]));
}

function parseMatch(text: string): RuleMatch {
  const [, id = '', isText, points] = /^([^:=]*)(:?)=(.*)$/.exec(text) ?? [];
  const ruleId = isText === ':' ? decodeURIComponent(id) : Number(id);
  return { ruleId, ...(points !== undefined && points !== '' && { scoring: Number(points) }) };
}
