import type { RequestSpec } from '../../model/request.js';
import type { Triage } from '../../model/triage.js';
import { withoutCredentials } from '../credentials.js';

/** An answer in which no credential of these requests stands: a page may show what was sent. */
export function redactTriage(triage: Triage, requests: readonly RequestSpec[]): Triage {
  const secrets = requests.flatMap((request) => withoutCredentials(request).credentials);
  const distinctive = secrets.filter(({ isDistinctive, value }) => isDistinctive && value.length > 3);
  const texts = distinctive
    .flatMap(({ name, value }) => [[value, name] as const, [encodeURIComponent(value.toWellFormed()), name] as const])
    .sort(([a], [b]) => b.length - a.length);
  const redact = (text: string) => texts.reduce((all, [value, name]) => all.replaceAll(value, `[${name}]`), text);
  return {
    ...triage,
    evidence: triage.evidence.map((one) => ({ ...one, text: redact(one.text) })),
    ...(triage.handOver !== undefined && { handOver: redact(triage.handOver) }),
  };
}
