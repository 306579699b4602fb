import { fail } from '../../model/error.js';
import { decodeUtf8, withoutMark } from '../../util/read-file.js';
import { plainValue } from '../../yaml/plain-value.js';
import { parseYaml } from '../../yaml/yaml-parse.js';
import type { ImportSource } from '../import-format.js';

/**
 * A document in JSON or YAML as plain values.
 * @throws WafproofError `IMPORT_INVALID`
 */
export function readTree(bytes: Buffer, { shown }: Pick<ImportSource, 'shown'>): unknown {
  const text = decodeUtf8(bytes);
  if (text === undefined) throw fail('IMPORT_INVALID', { reason: 'it is not UTF-8 text' }, { place: { file: shown } });
  const json = parseJson(withoutMark(text));
  if (json !== undefined) return json.value;
  const parsed = parseYaml(withoutMark(text), shown, { mergeKeys: true });
  if (parsed.kind === 'parsed') return plainValue(parsed.root);
  throw fail('IMPORT_INVALID', { reason: `it is neither JSON nor YAML: ${parsed.reason}` }, { place: parsed.at });
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
