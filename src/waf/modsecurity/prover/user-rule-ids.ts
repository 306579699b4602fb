import { readFile } from 'node:fs/promises';
import type { EngineOptions } from '../../../model/options.js';

/** Numbers of the rules that the user has: two rules with one number stop an engine. */
export async function userRuleIds({ rulesBefore, rulesAfter }: EngineOptions): Promise<readonly number[]> {
  const texts = await Promise.all(
    [...rulesBefore, ...rulesAfter].map((path) => readFile(path, 'latin1').catch(() => '')),
  );
  return texts.flatMap((text) => [...text.matchAll(/\bid:'?(\d{1,10})/g)].map(([, id]) => Number(id)));
}
