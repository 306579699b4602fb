import { z } from 'zod';
import type { BaselineEntry } from '../model/baseline.js';
import { problem, WafproofError } from '../model/error.js';
import { issueText } from '../yaml/issue-text.js';
import { plainValue } from '../yaml/plain-value.js';
import { locate, withoutUnion } from '../yaml/shape-issues.js';
import { writeYaml, type YamlTree } from '../yaml/write-yaml.js';
import type { YamlNode } from '../yaml/yaml-node.js';
import { parseYaml } from '../yaml/yaml-parse.js';

const text = z.string().min(1);
const day = z.string().refine((value) => isDay(value), '"expires" is a day such as 2027-01-31');
const entry = z.strictObject({ id: text, what: z.string().default(''), reason: text, expires: day.optional() });
const baseline = z.strictObject({ accepted: z.array(entry) });

/** Whether a text is a day of the calendar, as `2027-01-31`. */
export function isDay(value: string): boolean {
  const time = Date.parse(`${value}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

/**
 * Reads a baseline, in YAML or JSON.
 * @throws WafproofError `BASELINE_INVALID` with each place
 */
export function parseBaseline(content: string, file: string): readonly BaselineEntry[] {
  const parsed = parseYaml(content, file);
  if (parsed.kind === 'invalid')
    throw new WafproofError([
      problem('BASELINE_INVALID', { message: `is not valid YAML: ${parsed.reason}` }, parsed.at),
    ]);
  const checked = baseline.safeParse(plainValue(parsed.root), { error: () => '', reportInput: true });
  if (checked.success) return checked.data.accepted.map(toEntry);
  const [first, ...others] = checked.error.issues.flatMap(withoutUnion).map((issue) => explain(issue, parsed.root));
  throw new WafproofError([first ?? problem('BASELINE_INVALID', { message: 'is no baseline' }, { file }), ...others]);
}

function toEntry({ expires, ...told }: z.output<typeof entry>): BaselineEntry {
  return expires === undefined ? told : { ...told, expires };
}

function explain(issue: z.core.$ZodIssue, root: YamlNode) {
  const { node } = locate(root, issue.path);
  const message =
    issue.code === 'unrecognized_keys'
      ? `${issue.keys.map((key) => `"${key}"`).join(', ')} cannot stand here; known are accepted, id, what, reason, expires`
      : issueText(issue, 'the baseline', node);
  return problem('BASELINE_INVALID', { message }, node.at);
}

const head = `# What is known and accepted: "--baseline" with this file lets only new findings fail. An entry counts through the day that
# "expires" names; without, it always does. "wafproof report report.json --update-baseline" with this file adds what is new,
# drops what is no longer seen, and keeps reasons and days.
`;

/** A baseline as a file: YAML, or JSON where its name ends like that. */
export function formatBaseline(entries: readonly BaselineEntry[], file: string): string {
  if (file.endsWith('.json')) return `${JSON.stringify({ accepted: entries }, undefined, 2)}\n`;
  const accepted = entries.map(({ id, what, reason, expires }) => {
    const texts: readonly (readonly [string, string])[] = [
      ['id', id],
      ['what', what],
      ['reason', reason],
    ];
    return new Map([...texts, ...(expires === undefined ? [] : [['expires', expires] as const])]);
  });
  return head + writeYaml(new Map<string, YamlTree>([['accepted', accepted]]));
}
