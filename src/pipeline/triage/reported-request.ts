import { fail } from '../../model/error.js';
import type { CaseResult } from '../../model/report.js';
import type { RequestSpec } from '../../model/request.js';
import { readReports } from '../saved-reports.js';
import type { World } from '../world.js';

/** The request of a case in a saved report, and where it was sent. */
export interface ReportedRequest {
  readonly request: RequestSpec;
  readonly url: string;
  readonly result: CaseResult;
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
  return { request: result.request, url, result };
}

function unusable(message: string) {
  return fail('USAGE', { message, command: 'triage' });
}
