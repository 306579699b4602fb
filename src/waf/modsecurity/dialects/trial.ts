import type { EngineName } from '../../../contract/dialect.js';
import type { Exclusion } from '../../../model/exclusion.js';
import { endpointRule, runtimeActions } from './endpoint-rules.js';
import { configureTimeLines, isRuntime, modsecurityDialect } from './modsecurity-dialect.js';

/** Rules to be loaded before and after the Core Rule Set. */
export interface TrialRules {
  readonly before: string;
  readonly after: string;
}

/** A part of an exclusion that can be left out by itself: the exclusion for one of its rules. */
export interface TrialUnit {
  readonly exclusion: Exclusion;
  readonly ruleId: number;
}

/** The header whose value names the unit that is left out of a request. */
export const withoutHeader = 'X-Wafproof-Without';

const embedded: readonly EngineName[] = ['modsecurity3'];

/** The rules that a user would get, for the embedded engine. */
export function trialRules(exclusions: readonly Exclusion[], firstId: number): TrialRules {
  const notes = { firstId, reasons: new Map(), engine: 'trial' };
  const [before, after] = modsecurityDialect(embedded).write(exclusions, notes);
  return { before: before?.content ?? '', after: after?.content ?? '' };
}

/**
 * An exclusion as the embedded engine is told it: without its scope where the engine cannot name the variable in a rule
 * that runs for each request, though a server can with a section of its own.
 */
export function asLoaded(exclusion: Exclusion): Exclusion {
  return isRuntime(exclusion, embedded) ? exclusion : { ...exclusion, scope: {} };
}

/** Whether a unit can be left out of a single request: what changes the rules as they are loaded cannot. */
export function isSwitchable({ exclusion }: TrialUnit): boolean {
  return isRuntime(exclusion, embedded);
}

/**
 * The same exclusions, one rule a unit, each with a further condition: it is left out where the request names it in
 * `withoutHeader`. So one engine tells what every single unit is good for.
 */
export function switchableRules(units: readonly TrialUnit[], firstId: number): TrialRules {
  const switchable = units.filter(isSwitchable);
  const fixed = units.filter((unit) => !isSwitchable(unit));
  const only = ({ exclusion, ruleId }: TrialUnit): Exclusion => ({ ...exclusion, ruleIds: [ruleId] });
  return {
    before: switchable.flatMap((unit, i) => switched(only(unit), firstId + i, unitName(unit))).join('\n'),
    after: `${fixed.flatMap((unit) => configureTimeLines(only(unit), embedded)).join('\n')}\n`,
  };
}

export function unitName({ exclusion, ruleId }: TrialUnit): string {
  return `${exclusion.id}-${ruleId}`;
}

function switched(exclusion: Exclusion, id: number, name: string): readonly string[] {
  const marker = `SecRule REQUEST_HEADERS:${withoutHeader} "!@streq ${name}" "id:${id},phase:1,pass,t:none,nolog,chain"`;
  const [first = '', second] = endpointRule(exclusion.scope, id, runtimeActions(exclusion, embedded), embedded);
  const link = first.replace(/"id:\d+,phase:1,pass,t:none,nolog,/, '"t:none,');
  return [marker, link, ...(second === undefined ? [] : [second]), ''];
}
