import type { Checkable } from './checkable.js';
import { type WafChecker, type WafproofOptions, wafproof } from './wafproof.js';

/** What matchers of Vitest and Jest come to. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** Engines stay open for the tests that follow; one that has nothing to do keeps no process alive. */
const checkers = new Map<string, WafChecker>();

/** `expect(request).toPassWaf({ paranoia: 2 })`: the WAF lets a request through. */
export async function toPassWaf(received: Checkable, options: WafproofOptions = {}): Promise<MatcherResult> {
  const key = JSON.stringify(options);
  const checker = checkers.get(key) ?? wafproof(options);
  checkers.set(key, checker);
  const checked = await checker.check(received);
  const { method, path } = checked.result.request;
  if (checked.passes)
    return { pass: true, message: () => `expected the WAF to refuse ${method} ${path}, and it passes` };
  const why = await checked.explain();
  return { pass: false, message: () => `expected ${method} ${path} to pass the WAF, and it is refused\n\n${why}` };
}
