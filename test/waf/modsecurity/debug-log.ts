import { readFileSync, writeFileSync } from 'node:fs';

/** Rules of a trial that make the engine write down each step, and its log. */
export function debugRules(log: string): string {
  return `SecDebugLog ${log}\nSecDebugLogLevel 9\n`;
}

/**
 * Which variables each rule matched, as the engine's own debug log says: the truth for what its audit log leaves out.
 * Rules with chain links are left out; for them a match of the first link is not a match of the rule.
 */
export function matchedVariables(log: string): ReadonlyMap<number, ReadonlySet<string>> {
  const rules = new Map<number, Set<string>>();
  let current = 0;
  let variable = '';
  for (const line of readFileSync(log, 'latin1').split(/\n(?=\[)/)) {
    const start = /\(Rule: (\d+)\) Executing operator/.exec(line);
    if (start !== null) current = Number(start[1]);
    if (line.includes('] Executing chained rule.')) rules.delete(current);
    const target = /\] Target value: ".*" \(Variable: (.*)\)$/s.exec(line.trimEnd());
    if (target !== null) variable = Buffer.from(target[1] ?? '', 'latin1').toString('utf8');
    if (line.includes('] Matched vars updated.') && current > 0) {
      rules.set(current, (rules.get(current) ?? new Set()).add(variable));
    }
  }
  writeFileSync(log, '');
  return rules;
}
