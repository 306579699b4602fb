import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineOptions } from '../../../model/options.js';
import { baseConfig } from '../base-config.js';
import { rulesIn } from '../exclusion-files/rule-facts.js';
import type { Rule } from '../exclusion-files/rules.js';
import { isBookkeeping } from '../rule-ids.js';
import { crsFolder } from '../rule-plan.js';

/** Of an engine's rules, those that can be left out without any other firing otherwise. */
export interface FewRules {
  /** Configuration, to be read after the Core Rule Set, that leaves out all that can be but these rules. */
  without(kept: readonly number[]): string;
}

/** Reads the rules of a Core Rule Set and those of the user's that may rely on them. */
export function fewRules(options: EngineOptions): FewRules {
  const crs = rulesOfFolder(join(crsFolder(options), 'rules'));
  const own = [...options.rulesBefore, ...options.rulesAfter].flatMap((file) => rulesIn(readFileSync(file, 'latin1')));
  const removable = removableRules(crs, [...rulesIn(baseConfig('block', 'relevant')), ...own]);
  const ids = crs.flatMap(({ id }) => (id === undefined ? [] : [id])).sort((a, b) => a - b);
  return {
    without(kept) {
      const wanted = new Set(kept);
      return rangesOf(ids, (id) => removable.has(id) && !wanted.has(id))
        .map(([first, last]) => `SecRuleRemoveById ${first === last ? first : `${first}-${last}`}\n`)
        .join('');
    },
  };
}

function rulesOfFolder(folder: string): readonly Rule[] {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.conf')) : [];
  return names.sort().flatMap((name) => rulesIn(readFileSync(join(folder, name), 'latin1')));
}

/** Actions that say something of a match, and leave what comes after it alone. */
const harmless = new Set(
  'id,phase,block,deny,drop,pass,log,nolog,auditlog,noauditlog,capture,t,msg,logdata,tag,ver,rev,maturity,accuracy,severity,status,multimatch,chain'.split(
    ',',
  ),
);

/**
 * The numbers of rules that do nothing but detect: they sum up points, which only rules that decide read, and set no
 * variable that another rule reads. A rule that skips others, changes the engine or keeps something is none.
 * @param others rules outside of the rule set that may read what its rules set
 */
export function removableRules(rules: readonly Rule[], others: readonly Rule[]): ReadonlySet<number> {
  const all = [...rules, ...others];
  const reads = all.filter((rule) => !decides(rule)).map((rule) => ({ rule, names: namesRead(rule) }));
  const readers = new Map<string, readonly Rule[]>();
  const isReadElsewhere = (name: string, by: Rule) => {
    const found =
      readers.get(name) ?? reads.flatMap(({ rule, names }) => (names.some((read) => read(name)) ? [rule] : []));
    readers.set(name, found);
    return found.some((rule) => rule !== by);
  };
  const detectsOnly = (rule: Rule) =>
    rule.id !== undefined &&
    !isBookkeeping(rule.id) &&
    rule.links.every(({ actions }) =>
      actions.every(({ name, value }) => {
        if (name === 'ctl') return /^auditLogParts=/i.test(value);
        if (name !== 'setvar') return harmless.has(name);
        const set = nameSet(value);
        return set !== undefined && !isReadElsewhere(set, rule);
      }),
    );
  return new Set(rules.filter(detectsOnly).flatMap(({ id }) => (id === undefined ? [] : [id])));
}

function decides({ id }: Rule): boolean {
  return id !== undefined && isBookkeeping(id);
}

/** `tx.name=+%{tx.points}` sets `name`; nothing for other collections and names that are made while it runs. */
function nameSet(value: string): string | undefined {
  return /^tx\.([\w-]+)(?:=|$)/i.exec(value)?.[1]?.toLowerCase();
}

type Reads = (name: string) => boolean;

/** Which variables of the transaction a rule reads: as what it looks at, and in `%{tx.name}` anywhere else. */
function namesRead({ links }: Rule): readonly Reads[] {
  return links.flatMap(({ condition, actions }) => {
    const looked = [...(condition?.variables ?? '').matchAll(/(?:^|[|&!])TX(?::('?\/.*\/'?|[^|]*))?(?=\||$)/gi)];
    const texts = [condition?.argument ?? '', ...actions.map(({ value }) => value)];
    const expanded = texts.flatMap((text) => [...text.matchAll(/%\{tx\.([^}]*)\}/gi)]);
    return [...looked.map(([, name]) => readsOf(name)), ...expanded.map(([, name]) => readsOf(name))];
  });
}

/** Whether a name is meant by a name, or a pattern between slashes; all are where none is named. */
function readsOf(wanted = ''): Reads {
  const plain = wanted.replace(/'/g, '');
  if (plain === '') return () => true;
  const pattern = /^\/(.*)\/$/s.exec(plain)?.[1];
  if (pattern === undefined) return (name) => name === plain.toLowerCase();
  try {
    const matcher = new RegExp(pattern, 'i');
    return (name) => matcher.test(name);
  } catch {
    return () => true;
  }
}

/** Neighbours among sorted numbers that are chosen, as first and last. */
function rangesOf(ids: readonly number[], isChosen: (id: number) => boolean): readonly (readonly [number, number])[] {
  const ranges: [number, number][] = [];
  let isOpen = false;
  for (const id of ids) {
    const last = ranges.at(-1);
    if (!isChosen(id)) isOpen = false;
    else if (isOpen && last !== undefined) last[1] = id;
    else {
      ranges.push([id, id]);
      isOpen = true;
    }
  }
  return ranges;
}
