import { printable } from '../util/printable.js';
import type { FoundHits } from './find-hits.js';
import type { TriageMaterial } from './material.js';
import type { System } from './system.js';
import type { TriageDraft } from './without-hit.js';

const longestId = 200;

/** One line for the owner of the layer that refused: the id of the refusal, when it was, and of which request. */
export function handOverOf(
  { outcome, sent = {} }: TriageMaterial,
  found: FoundHits,
  { system }: TriageDraft,
): string | undefined {
  const owners = found.hops.concat(found.hits.filter((hit) => hit.system.id === system).map((hit) => hit.system));
  const ids = [...new Set(owners.flatMap((owner) => referencesIn(owner, found)))];
  if (ids.length === 0 || outcome?.kind !== 'answered') return undefined;
  const date = Date.parse(outcome.headers.find(([name]) => name.toLowerCase() === 'date')?.[1] ?? '');
  const when = Number.isNaN(date) ? [] : [new Date(date).toISOString()];
  const what = sent.url === undefined ? [] : [`${sent.method ?? 'GET'} ${sent.url.split('?')[0]}`];
  return printable([...ids, ...when, ...what].join(', '));
}

function referencesIn({ name, references = [] }: System, { answer }: FoundHits): readonly string[] {
  return references.flatMap((reference) => {
    const id =
      'header' in reference ? answer?.header(reference.header)[0] : reference.page.exec(answer?.text() ?? '')?.[1];
    return id === undefined ? [] : [`${name} ${reference.as} ${id.slice(0, longestId)}`];
  });
}
