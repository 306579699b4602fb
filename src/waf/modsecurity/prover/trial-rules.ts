import type { ExclusionForRule } from '../../../contract/prover.js';
import type { Exclusion } from '../../../model/exclusion.js';
import { endpointRule, runtimeActions } from '../dialects/endpoint-rules.js';
import { configureTimeLines, isRuntime, modsecurityDialect } from '../dialects/modsecurity-dialect.js';
import type { EngineName } from '../dialects/rule-dialect.js';

/** Rules to be loaded before and after the Core Rule Set. */
export interface TrialRules {
  readonly before: string;
  readonly after: string;
}

/** The header whose value names the part that is left out of a request. */
export const withoutHeader = 'X-Wafproof-Without';

const embedded: readonly EngineName[] = ['modsecurity3'];

/** The rules that a user would get, for the embedded engine. */
export function trialRules(exclusions: readonly Exclusion[], firstId: number): TrialRules {
  const notes = { firstId, reasons: new Map(), engine: 'trial' };
  const [before, after] = modsecurityDialect(embedded).write(exclusions, notes).files;
  return { before: before?.content ?? '', after: after?.content ?? '' };
}

/**
 * An exclusion as the embedded engine is told it: without its scope where the engine cannot name the variable in a rule
 * that runs for each request, though a server can with a section of its own.
 */
export function asLoaded(exclusion: Exclusion): Exclusion {
  return isRuntime(exclusion, embedded) ? exclusion : { ...exclusion, scope: {} };
}

/** Whether a part can be left out of a single request: what changes the rules as they are loaded cannot. */
export function isSwitchable({ exclusion }: ExclusionForRule): boolean {
  return isRuntime(exclusion, embedded);
}

/**
 * The same exclusions, one rule a part, each with a further condition: it is left out where the request names it in
 * `withoutHeader`. So one engine tells what every single part is good for.
 */
export function switchableRules(parts: readonly ExclusionForRule[], firstId: number): TrialRules {
  const switchable = parts.filter(isSwitchable);
  const fixed = parts.filter((part) => !isSwitchable(part));
  const only = ({ exclusion, ruleId }: ExclusionForRule): Exclusion => ({ ...exclusion, ruleIds: [ruleId] });
  return {
    before: switchable.flatMap((part, i) => switched(only(part), firstId + i, partName(part))).join('\n'),
    after: `${fixed.flatMap((part) => configureTimeLines(only(part), embedded)).join('\n')}\n`,
  };
}

/** The value of `withoutHeader` that leaves a part out. */
export function partName({ exclusion, ruleId }: ExclusionForRule): string {
  return `${exclusion.id}-${ruleId}`;
}

function switched(exclusion: Exclusion, id: number, name: string): readonly string[] {
  const marker = `SecRule REQUEST_HEADERS:${withoutHeader} "!@streq ${name}" "id:${id},phase:1,pass,t:none,nolog,chain"`;
  const [first = '', second] = endpointRule(exclusion.scope, id, runtimeActions(exclusion, embedded), embedded);
  const link = first.replace(/"id:\d+,phase:1,pass,t:none,nolog,/, '"t:none,');
  return [marker, link, ...(second === undefined ? [] : [second]), ''];
}
