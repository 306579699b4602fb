import { fail } from '../../model/error.js';
import type { CaseResult } from '../../model/report.js';
import type { RequestSpec } from '../../model/request.js';
import { isLayer, type TriageEvidence } from '../../model/triage.js';
import { readReports } from '../saved-reports.js';
import type { World } from '../world.js';

/** The request of a case in a saved report, and where it was sent. */
export interface ReportedRequest {
  readonly request: RequestSpec;
  readonly url: string;
  /** What the report says of the case. */
  readonly known: readonly TriageEvidence[];
}

/**
 * Reads one case of a saved report. Its secrets are not in there: names of them stand in their places.
 * @param place `reports/out/report.json#comments/sql-question`
 * @throws WafproofError `REPORT_INVALID`, `USAGE`
 */
export async function readReported(place: string, world: Pick<World, 'cwd' | 'wafs'>): Promise<ReportedRequest> {
  const [, path = place, id = ''] = /^(.*?\.json)#(.*)$/s.exec(place) ?? [];
  const report = await readReports([path], world);
  const result = report.results.find((one) => one.id === id);
  if (result === undefined) throw unusable(`${path} has no case "${id}"`);
  const { url } = report.target;
  if (url === undefined) throw unusable(`the cases of ${path} were sent nowhere: its engine is embedded`);
  return { request: wholeRequest(result, path), url, known: [saidOf(result)] };
}

const bodyKinds = ['none', 'raw', 'form', 'json', 'multipart'];

/** Reports of earlier versions leave out what is empty. */
function wholeRequest({ id, request }: CaseResult, path: string): RequestSpec {
  const empty = { query: [], headers: [], cookies: [], omittedHeaders: [], body: { kind: 'none' } } as const;
  const whole: RequestSpec = { ...empty, ...request };
  if (bodyKinds.includes(whole.body.kind)) return whole;
  throw unusable(
    `the case "${id}" of ${path} has a body of the kind "${whole.body.kind}", which this version does not know`,
  );
}

/** In the words of the report, which may be those of another version. */
function saidOf({ verdict, status }: CaseResult): TriageEvidence {
  const said: Partial<Record<string, unknown>> = { ...verdict };
  const word = (name: string) => (typeof said[name] === 'string' ? said[name] : undefined);
  const [kind = 'no verdict', layer, cause, why] = [
    word('kind'),
    word('layer'),
    word('cause'),
    word('because') ?? word('reason'),
  ];
  const named = [layer, cause].filter((one) => one !== undefined).join('/');
  const strange = layer === undefined || isLayer(layer) ? '' : `, of a layer that this version has no name for`;
  const parts = [kind, named, status === undefined ? '' : `status ${status}`, why ?? ''];
  return {
    from: 'report',
    text: parts.filter((part) => part !== '').join(' · '),
    says: `what the report says of it${strange}`,
  };
}

function unusable(message: string) {
  return fail('USAGE', { message, command: 'triage' });
}
