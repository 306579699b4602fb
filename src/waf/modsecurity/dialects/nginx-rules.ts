import type { Exclusion, ExclusionScope, RaiseLimit } from '../../../model/exclusion.js';
import { argumentsKey, highestLimits, limitLines } from './body-rules.js';
import { byEndpoint, endpointKey, endpointRule, groupActions } from './endpoint-rules.js';
import { inOrder } from './explain.js';
import { configureTimeLines } from './modsecurity-dialect.js';
import type { EngineName } from './rule-dialect.js';

const engines: readonly EngineName[] = ['modsecurity3'];

/**
 * Bytes of rules in one directive `modsecurity_rules`: nginx takes at most 4096 for a parameter, with its quotes and the
 * indentation that a template may add.
 */
const longestText = 3900;

/** Bytes of the actions of one rule: its conditions and line ends need the rest. */
const longestActions = 2000;

/** A rule that cannot be cut: with a number of its own, or a line as it is. */
export type RulePiece =
  | { readonly key: string; readonly scope: ExclusionScope; readonly actions: readonly string[] }
  | { readonly key: string; readonly limit: RaiseLimit }
  | string;

/**
 * Exclusions in pieces, of which each fits into one directive.
 * @param place what numbers of rules follow from, beside their endpoint
 * @param isRuntime whether an exclusion is a rule that runs for each request, or changes the rules where it stands
 */
export function piecesOf(
  place: string,
  exclusions: readonly Exclusion[],
  isRuntime: (exclusion: Exclusion) => boolean,
): readonly RulePiece[] {
  const rules = byEndpoint(exclusions.filter(isRuntime)).flatMap(({ scope, group }) =>
    pack(groupActions(group, engines), ({ length }) => length, longestActions).map((actions, i) => ({
      key: [place, endpointKey(scope), i].join(' '),
      scope,
      actions,
    })),
  );
  const fixed = inOrder(exclusions.filter((one) => !isRuntime(one) && one.effect !== 'raise-limit'));
  const limits = highestLimits(exclusions).map((limit) => ({ key: [place, argumentsKey].join(' '), limit }));
  const lines = fixed.flatMap((exclusion) => configureTimeLines(exclusion, engines, new Map()));
  return [...rules, ...limits, ...new Set(lines)];
}

/** Keys of the numbers that pieces need. */
export function pieceKeys(pieces: readonly RulePiece[]): readonly string[] {
  return pieces.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.key]));
}

/** The lines of each directive that takes all pieces. */
export function directivesOf(
  pieces: readonly RulePiece[],
  ids: ReadonlyMap<string, number>,
): readonly (readonly string[])[] {
  const rules = pieces.map((piece) => textOf(piece, ids));
  return pack(rules, bytesOf, longestText).map((texts) => texts.flatMap((text) => text.split('\n')));
}

function textOf(piece: RulePiece, ids: ReadonlyMap<string, number>): string {
  if (typeof piece === 'string') return piece;
  const id = ids.get(piece.key) ?? 0;
  if ('limit' in piece) return limitLines(piece.limit, new Map([[argumentsKey, id]])).join('\n');
  return endpointRule(piece.scope, id, piece.actions, engines).join('\n');
}

/** With room for the indentation of each line. */
function bytesOf(text: string): number {
  return Buffer.byteLength(text) + 8 * text.split('\n').length;
}

function pack(
  items: readonly string[],
  sizeOf: (item: string) => number,
  room: number,
): readonly (readonly string[])[] {
  const packs: string[][] = [];
  let left = 0;
  for (const item of items) {
    left -= sizeOf(item);
    if (left < 0 || packs.length === 0) {
      packs.push([]);
      left = room - sizeOf(item);
    }
    packs.at(-1)?.push(item);
  }
  return packs;
}
