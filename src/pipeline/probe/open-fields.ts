import type { FieldNames } from '../../contract/field-names.js';
import type { RequestField, RequestFields } from '../../request/request-fields.js';
import { requestFields } from '../../request/request-fields.js';
import { type HitInRequest, suspects } from '../tune/request-search.js';

/** The fields of a request that may be left out, and of those the ones that the rule may look at. */
export interface OpenFields {
  readonly taken: RequestFields;
  readonly suspected: readonly number[];
}

/**
 * Header fields and cookies are kept where the rule is not about them: a request without them is refused by other rules, which
 * the answer does not tell. Where the place of a hit is not known, each text may be the one, rather a long one.
 */
export function openFields(target: HitInRequest, names: FieldNames): OpenFields {
  const taken = requestFields(target.request);
  const named = suspects(target, taken, names);
  const isOpen = ({ field: { kind } }: RequestField, index: number) =>
    named.includes(index) || (kind !== 'header' && kind !== 'cookie');
  const open = taken.fields.flatMap((field, index) => (isOpen(field, index) ? [index] : []));
  const fields = open.flatMap((index) => taken.fields[index] ?? []);
  const suspected = named.map((index) => open.indexOf(index));
  return { taken: within(taken, open, fields), suspected: suspected.length > 0 ? suspected : longestFirst(fields) };
}

/** The request as one of these fields alone; all others stay as they are. */
function within(taken: RequestFields, open: readonly number[], fields: readonly RequestField[]): RequestFields {
  const fixed = taken.fields.map((_field, index) => index).filter((index) => !open.includes(index));
  return {
    fields,
    keep(kept, changed) {
      const own = kept.flatMap((index) => open[index] ?? []);
      const field = changed && open[changed.field];
      const all = [...fixed, ...own].sort((one, other) => one - other);
      return taken.keep(all, changed && field !== undefined ? { field, text: changed.text } : undefined);
    },
  };
}

function longestFirst(fields: readonly RequestField[]): readonly number[] {
  const texts = fields.flatMap(({ isText, value }, index) => (isText ? [{ index, length: value.length }] : []));
  return texts.toSorted((one, other) => other.length - one.length).map(({ index }) => index);
}
