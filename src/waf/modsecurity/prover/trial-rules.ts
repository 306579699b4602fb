import type { Exclusion } from '../../../model/exclusion.js';
import { isRuntime, modsecurityDialect } from '../dialects/modsecurity-dialect.js';
import type { EngineName } from '../dialects/rule-dialect.js';
import type { TrialRules } from '../rule-plan.js';

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
