import type { NextStep } from '../../contract/reporter.js';
import type { StreamedReport } from '../../model/report.js';
import { shellQuote } from '../../util/shell-quote.js';

/** The target of a report whose requests were evaluated in process. */
const embedded = 'embedded';

/** Only the rule that ends the evaluation shows: what it hides is seen once it is out of the way. */
export function awsNextSteps({ target, findings, exclusions }: StreamedReport): readonly NextStep[] {
  if (findings.length === 0) return [];
  const command =
    target.name === embedded ? 'wafproof check --acl FILE' : `wafproof run --target ${shellQuote(target.name)}`;
  const when = exclusions === undefined ? 'again after each change to the web ACL' : 'again once the change is applied';
  return [{ command, effect: `${when}: of several rules that block a request only the first one shows` }];
}
