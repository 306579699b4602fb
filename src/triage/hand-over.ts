import { printable } from '../util/printable.js';
import type { FoundHits } from './find-hits.js';
import type { LogLine } from './log-line.js';
import type { TriageMaterial } from './material.js';
import type { System } from './system.js';
import type { TriageDraft } from './without-hit.js';

const longestId = 200;

/** One line for the owner of the layer that refused: the id of the refusal, when it was (UTC), whose address was seen, and the URL. */
export function handOverOf(
  { outcome, sent = {}, lines = [] }: TriageMaterial,
  found: FoundHits,
  { system }: TriageDraft,
): string | undefined {
  const owners = found.hops.concat(found.hits.filter((hit) => hit.system.id === system).map((hit) => hit.system));
  const ids = [...new Set(owners.flatMap((owner) => referencesIn(owner, found)))];
  if (ids.length === 0 || outcome?.kind !== 'answered') return undefined;
  const date = Date.parse(outcome.headers.find(([name]) => name.toLowerCase() === 'date')?.[1] ?? '');
  const when = Number.isNaN(date) ? [] : [new Date(date).toISOString()];
  const what = sent.url === undefined ? [] : [`${sent.method ?? 'GET'} ${sent.url.split('?')[0]}`];
  return printable([...ids, ...when, ...addressIn(found, lines), ...what].join(', '));
}

/** Pages of blocks name the address that they saw. */
const addressOnPage =
  /\b(?:Your|Client|Remote) (?:IP|IP address|address)(?: is)?\s{0,3}:?\s{0,3}(?:<[^<>]{1,80}>\s{0,3}){0,3}((?:\d{1,3}\.){3}\d{1,3}|[\da-f]{1,4}(?::[\da-f]{0,4}){2,7})\b/i;

/** `from 203.0.113.7`: the client as the log, the answer or its page names it. */
function addressIn({ answer }: FoundHits, lines: readonly LogLine[]): readonly string[] {
  const logged = lines.find(({ fields }) => fields['client'] !== undefined)?.fields['client'];
  const told = answer?.header('x-ms-forbidden-ip')[0] ?? addressOnPage.exec(answer?.text() ?? '')?.[1];
  const address = told ?? logged?.replace(/^((?:\d{1,3}\.){3}\d{1,3}):\d{1,5}$/, '$1');
  return address === undefined ? [] : [`from ${address.slice(0, longestAddress)}`];
}

const longestAddress = 45;

function referencesIn({ name, references = [] }: System, { answer }: FoundHits): readonly string[] {
  return references.flatMap((reference) => {
    const id =
      'header' in reference ? answer?.header(reference.header)[0] : reference.page.exec(answer?.text() ?? '')?.[1];
    return id === undefined ? [] : [`${name} ${reference.as} ${id.slice(0, longestId)}`];
  });
}
