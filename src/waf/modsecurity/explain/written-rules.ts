import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A condition of a rule: where it looks, for what, and what is done to a text before. */
export interface WrittenCondition {
  readonly targets: readonly string[];
  readonly operator: string;
  readonly transformations: readonly string[];
}

/** A rule as its file has it. */
export interface WrittenRule {
  readonly file: string;
  /** The line that it begins at. */
  readonly line: number;
  /** All must be met: the rule's own, and those of the links of its chain. */
  readonly conditions: readonly [WrittenCondition, ...WrittenCondition[]];
  readonly tags: readonly string[];
  /** Such as `OWASP_CRS/3.3.4`. */
  readonly version?: string;
  /** How the comment above it calls it: `# -=[ Detect DB Names ]=-`. */
  readonly title?: string;
}

/** The rules of a Core Rule Set folder by number; none where there is no such folder. */
export function readWrittenRules(crsFolder: string): ReadonlyMap<number, WrittenRule> {
  const folder = join(crsFolder, 'rules');
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder).filter((name) => name.endsWith('.conf'));
  return new Map(files.flatMap((name) => writtenRules(readFileSync(join(folder, name), 'utf8'), name)));
}

/** The rules of a file, with their places. */
export function writtenRules(text: string, file: string): readonly (readonly [number, WrittenRule])[] {
  const rules: [number, WrittenRule][] = [];
  let title: string | undefined;
  for (const { line, number } of logicalLines(text)) {
    if (line.startsWith('#')) title = titleIn(line) ?? title;
    else {
      const rule = ruleOf(line);
      if (rule !== undefined) rules.push([rule.id, { ...rule.rule, file, line: number, ...(title && { title }) }]);
      else addLink(rules, line);
      title = undefined;
    }
  }
  return rules;
}

/** What only says what stands below it in the comment is no name of a rule. */
function titleIn(line: string): string | undefined {
  const [, title] = /^#\s*-=\[\s*(.{3,120}?)\s*\]=-/.exec(line) ?? [];
  return title === undefined || /^(?:targets|references|rule logic|rule \d+)$/i.test(title) ? undefined : title;
}

/** Links of a chain have no number, and belong to the rule before them. */
function addLink(rules: [number, WrittenRule][], line: string): void {
  const condition = conditionOf(line);
  const last = rules.at(-1);
  if (condition !== undefined && last !== undefined) {
    last[1] = { ...last[1], conditions: [...last[1].conditions, condition] };
  }
}

function ruleOf(line: string) {
  const id = Number(/[",\s]id:'?(\d+)/.exec(line)?.[1]);
  const condition = conditionOf(line);
  if (condition === undefined || !(id > 0)) return undefined;
  const version = /[",\s]ver:'([^']+)'/.exec(line)?.[1];
  const tags = [...line.matchAll(/[",\s]tag:'([^']*)'/g)].map(([, tag = '']) => tag);
  return { id, rule: { conditions: [condition] as const, tags, ...(version !== undefined && { version }) } };
}

/** `SecRule TARGETS "OPERATOR" "ACTIONS"`; a quote inside is escaped. */
function conditionOf(line: string): WrittenCondition | undefined {
  const parts = /^SecRule\s+(\S+)\s+(?:"((?:[^"\\]|\\.)*)"|(\S+))(.*)$/s.exec(line);
  if (parts === null) return undefined;
  const [, targets = '', quoted, bare = '', actions = ''] = parts;
  const transformations = [...actions.matchAll(/[",\s]t:'?(\w+)/g)].map(([, name = '']) => name);
  const last = transformations.lastIndexOf('none');
  return { targets: targets.split('|'), operator: quoted ?? bare, transformations: transformations.slice(last + 1) };
}

interface LogicalLine {
  readonly line: string;
  readonly number: number;
}

/** Lines with those that go on after a backslash; each has the number of its first. */
function* logicalLines(text: string): Generator<LogicalLine, void, undefined> {
  let held = '';
  let start = 1;
  for (const [place, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (held === '') start = place + 1;
    if (line.endsWith('\\') && !line.startsWith('#')) {
      held += `${line.slice(0, -1)} `;
      continue;
    }
    yield { line: `${held}${line}`.trim(), number: start };
    held = '';
  }
}
