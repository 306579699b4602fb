import type { LoggedMatch, Span } from '../../../contract/log-record.js';

/**
 * libmodsecurity's `reference` of a rule line tells every variable that matched, although the line names only the last.
 * Sample: `o0,8v21,25t:lowercaseo0,8v21,18t:lowercase` is two variables of 25 and 18 bytes, each with a match of
 * 8 bytes at its start; `v161,14v254,12` are two variables of a libinjection rule, which tells no offset in the text.
 * A match with several places (`o40,1v374,1v374,1`) is of a variable that the engine put together itself, such as
 * `MATCHED_VAR` in a chain; it lies nowhere in the request and is left out.
 */
export function parseReference(reference: string): readonly LoggedMatch[] {
  return [...reference.matchAll(/((?:o\d+,\d+)*)((?:v\d+,\d+)+)/g)].flatMap(([, texts = '', places = '']) => {
    const [text] = spans(texts);
    const variables = spans(places);
    if (text === undefined) return variables.map((variable) => ({ variable }));
    return variables.length === 1 ? variables.map((variable) => ({ text, variable })) : [];
  });
}

function spans(list: string): readonly Span[] {
  if (list === '') return [];
  return list
    .slice(1)
    .split(list.charAt(0))
    .map((pair) => {
      const comma = pair.indexOf(',');
      return { offset: Number(pair.slice(0, comma)), length: Number(pair.slice(comma + 1)) };
    });
}
