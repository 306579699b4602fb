import { createHash } from 'node:crypto';
import type { Reporter } from '../contract/reporter.js';
import { printable } from '../util/printable.js';
import { safeJson } from '../util/safe-json.js';
import { type Alert, alertsOf } from './alerts.js';

/** Name of the file for `artifacts:reports:codequality`. */
export const gitlabFile = 'gl-code-quality-report.json';

const maxLength = 2000;

/** GitLab's Code Quality format: what merge requests show, each finding at the line of its first case. */
export function createGitlabReporter(): Reporter {
  return {
    name: 'gitlab',
    render: async (report) => ({ files: [{ name: gitlabFile, content: listOf(alertsOf(report).map(issueOf)) }] }),
  };
}

function issueOf({ id, kind, level, title, details, at }: Alert) {
  const [detail = ''] = details;
  return {
    description: `${title}. ${printable(detail)}`.slice(0, maxLength),
    check_name: printable(kind),
    fingerprint: createHash('sha256').update(id).digest('hex'),
    severity: level === 'error' ? 'major' : 'minor',
    location: { path: at.file.replace(/^\.\//, ''), lines: { begin: at.line ?? 1 } },
  };
}

function listOf(issues: readonly object[]): string {
  return issues.length === 0 ? '[]\n' : `[\n  ${issues.map(safeJson).join(',\n  ')}\n]\n`;
}
