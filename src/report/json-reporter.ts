import type { Reporter } from '../contract/reporter.js';
import type { RunReport } from '../model/report.js';
import { safeJson } from '../util/safe-json.js';

/** Name of the file that `tune`, `report` and `triage` read back. */
export const jsonFile = 'report.json';

/** The report itself: what every other reporter renders and later commands read back. */
export function createJsonReporter(): Reporter {
  return {
    name: 'json',
    render: async (report) => ({ files: [{ name: jsonFile, content: formatReport(report) }] }),
  };
}

/** One line a case: small, and still readable, greppable and comparable line by line. */
function formatReport(report: RunReport): string {
  const members = Object.entries(report).flatMap(([key, value]) =>
    value === undefined ? [] : [`  ${safeJson(key)}: ${formatMember(value)}`],
  );
  return `{\n${members.join(',\n')}\n}\n`;
}

function formatMember(value: unknown): string {
  if (!Array.isArray(value) || value.length === 0) return safeJson(value);
  return `[\n${value.map((element) => `    ${safeJson(element)}`).join(',\n')}\n  ]`;
}
