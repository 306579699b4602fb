import type { Draft } from '../../../model/draft.js';
import { type ApiDraft, draftChoice, isApiList, isApiObject, isChoice } from './api-draft.js';

/** A value as JSON, laid out as `JSON.stringify(value, null, 2)` does. What is in a list must not all depend on the choice. */
export function jsonDraft(value: ApiDraft, indent = ''): Draft {
  if (isChoice(value)) return draftChoice(value, (one) => jsonDraft(one, indent));
  if (isFixed(value)) return JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`);
  const inner = `${indent}  `;
  if (isApiList(value)) {
    return jsonBlock(
      '[]',
      value.map((item) => jsonItem(item, inner)),
      indent,
    );
  }
  return jsonBlock(
    '{}',
    Object.entries(value ?? {}).map(([key, item]) => jsonMember(key, item, inner)),
    indent,
  );
}

/** What stands in brackets or braces: a member that is not there leaves no comma. */
export function jsonBlock([first = '', last = '']: string, members: readonly Draft[], indent: string): Draft {
  return [`${first}\n`, { list: inRuns(members), between }, `\n${indent}${last}`];
}

const between = ',\n';

/** Neighbours that are there whatever is chosen are one text: of equal texts a list has only one. */
function inRuns(members: readonly Draft[]): readonly Draft[] {
  const runs: Draft[] = [];
  for (const member of members) {
    const before = runs.at(-1);
    if (typeof member === 'string' && typeof before === 'string') runs.splice(-1, 1, `${before}${between}${member}`);
    else runs.push(member);
  }
  return runs;
}

/** A member of an object, or nothing where its value is not there. */
export function jsonMember(key: string, value: ApiDraft, indent: string): Draft {
  if (isChoice(value)) return draftChoice(value, (one) => jsonMember(key, one, indent));
  return behind(`${indent}${JSON.stringify(key)}: `, jsonDraft(value, indent));
}

function jsonItem(value: ApiDraft, indent: string): Draft {
  if (isChoice(value)) return draftChoice(value, (one) => jsonItem(one, indent));
  return behind(indent, jsonDraft(value, indent));
}

function behind(start: string, draft: Draft): Draft {
  return typeof draft === 'string' ? `${start}${draft}` : [start, draft];
}

/** Text within the quotes of a string. */
export function insideQuotes(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function isFixed(value: ApiDraft): boolean {
  if (isChoice(value)) return false;
  if (isApiList(value)) return value.every(isFixed);
  return !isApiObject(value) || Object.values(value).every(isFixed);
}
