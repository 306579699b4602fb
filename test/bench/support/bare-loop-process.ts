/**
 * The engine without Wafproof around it: loads the rules, then evaluates the same requests one after the other in a
 * plain loop, once, and answers with how long that took. Started by the bench `engine`.
 */

import type { RulePart } from '../../../src/waf/modsecurity/engine-protocol.js';
import type { RuleSet } from '../../../src/waf/modsecurity/load-rules.js';
import { type ModSecurity, openModSecurity } from '../../../src/waf/modsecurity/modsecurity.js';
import type { EncodedCase } from './workload.js';

export interface BareSetup {
  readonly library: string;
  readonly parts: readonly RulePart[];
  readonly cases: readonly EncodedCase[];
}

export interface BareRun {
  readonly transactions: number;
  readonly blocked: number;
  readonly seconds: number;
  readonly cpuMicros: number;
}

process.once('message', ({ library, parts, cases }: BareSetup) => {
  const engine = openModSecurity(library);
  const run = loop(engine, engine.loadRules(parts), cases);
  process.send?.(run, () => process.disconnect());
});

function loop(engine: ModSecurity, rules: RuleSet, cases: readonly EncodedCase[]): BareRun {
  const cpuBefore = process.cpuUsage();
  const began = performance.now();
  let blocked = 0;
  for (const { id, request } of cases) {
    if (engine.evaluate(rules, request, id).blocked) blocked++;
  }
  const { user, system } = process.cpuUsage(cpuBefore);
  return { transactions: cases.length, blocked, seconds: (performance.now() - began) / 1000, cpuMicros: user + system };
}
