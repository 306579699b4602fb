import { correlationHeader } from '../../../model/correlation.js';
import type { OpenedAcl } from '../open-acl.js';
import { findingText } from './finding-text.js';
import { lintAcl } from './lint-acl.js';

const most = 20;

/** What is wrong with a web ACL that is evaluated, each in a line with what to do; notes are left out. */
export function warningsOf({ source, front }: OpenedAcl): readonly string[] {
  const findings = lintAcl(source, { front, correlationHeader, now: Date.now() });
  const grave = findings.filter(({ severity }) => severity !== 'note');
  const told = grave.slice(0, most).map((finding) => `${findingText(finding)} ${finding.cure}`);
  const more = grave.length - told.length;
  return more === 0 ? told : [...told, `${more} more of the kind: "wafproof tune REPORT --audit FILE" tells all`];
}
