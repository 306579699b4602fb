import type { DialectNotes } from '../../../contract/dialect.js';
import { type Draft, exclusionIds, whenAny } from '../../../model/draft.js';
import type { Exclusion, ExclusionScope } from '../../../model/exclusion.js';
import { configurationMark } from '../../../model/report.js';
import { printable } from '../../../util/printable.js';
import type { AclChange } from '../changes/acl-change.js';
import { type ChangeSet, capacityText, servedBy } from './dialect-source.js';

const longest = 160;

/** One line of a comment, whatever is in it: what comes from suites and logs may hold anything. */
export function commentLine(mark: string, text: string): string {
  const line = printable(text.replace(/[\r\n\t]+/g, ' ')).replaceAll('*/', '* /');
  return `${mark} ${[...line].slice(0, longest).join('')}`.trimEnd();
}

/** The first words of a file: whose it is, what it is, and what came of the proof, each as it is written there. */
export function headTexts(what: readonly string[], set: ChangeSet, write: WriteText): readonly Draft[] {
  const { exclusions, notes } = set;
  const { engine, verification, caution, partOf } = notes;
  const of = exclusionIds(exclusions);
  const known = [
    ...what,
    caution === undefined
      ? `${configurationMark}. What is excluded was verified by ${engine}.`
      : `${configurationMark}, and not finished. ${caution}`,
  ];
  const proof =
    verification === undefined || caution !== undefined || partOf !== undefined ? [] : proofTexts(verification);
  return [
    ...known.map(write),
    partOf === undefined ? { when: 'not-all', of, text: write(partText(exclusions.length)) } : write(partText(partOf)),
    { when: 'none', of, text: write('There is nothing to exclude here.') },
    { when: 'any', of, text: { when: 'all', of, text: write(`It takes ${capacityText(set)}`) } },
    { when: 'any', of, text: { when: 'not-all', of, text: write(`All of them take ${capacityText(set)}`) } },
    ...proof.map((text): Draft => ({ when: 'all', of, text: write(text) })),
  ];
}

/** How a language writes a text down. */
export type WriteText = (text: string) => string;

function partText(all: number): string {
  return `A part of ${all} exclusions that were verified together: what needs the others stays blocked.`;
}

function proofTexts({
  cleared,
  stillBlocked,
  newlyBlocked,
}: NonNullable<DialectNotes['verification']>): readonly string[] {
  return [
    `With all of it in force: ${cleared.length} false positives pass, ${stillBlocked.length} are still blocked, ${newlyBlocked.length} other cases changed.`,
    'AWS tells only the first rule that refuses a request: run the suite again with this in force, to see the next one.',
    'What it costs in attacks can be told only as far as the rules are public: those of managed groups are not.',
  ];
}

/** What a change does, and for whom: the texts for an exclusion are there where it is chosen. */
export function changeTexts(change: AclChange, { exclusions, notes }: ChangeSet, write: WriteTexts): readonly Draft[] {
  return [
    write([whatIsDone(change)]),
    ...servedBy(change, exclusions).map((one) => whenAny([one], write(exclusionTexts(one, notes)))),
  ];
}

/** How a language writes some texts down that belong together. */
export type WriteTexts = (texts: readonly string[]) => string;

function whatIsDone(change: AclChange): string {
  const { name } = change.rule;
  switch (change.kind) {
    case 'count':
      return `Rule ${name}: ${change.groupRule} only counts. It goes beside the overrides that are there.`;
    case 'count-rule':
      return `Rule ${name} only counts.`;
    case 'scope-down':
      return `Rule ${name}: the group is asked only where this matches. It replaces the scope-down statement, if there is one.`;
    case 'statement':
      return `Rule ${name}: this statement replaces the one that it has.`;
    case 'add':
      return `A new rule behind ${change.after.name}: it blocks again what only counts now, but for the requests named in it.`;
    case 'move':
      return `Rule ${name} makes room for the new ones: its priority was ${change.rule.priority}.`;
  }
}

function exclusionTexts(exclusion: Exclusion, notes: DialectNotes): readonly string[] {
  const { findings, scope, ruleIds, widerBecause, looksGenerated = [], detectionLoss } = exclusion;
  const cases = [...new Set(findings.flatMap((finding) => notes.reasons.get(finding) ?? []))];
  return [
    `  ${ruleIds.join(', ')} ${placeText(scope)}`,
    ...cases.slice(0, 3).map((text) => `    for ${text}`),
    ...(cases.length > 3 ? [`    and ${cases.length - 3} more`] : []),
    ...(widerBecause === undefined ? [] : [`    wider than one rule at one endpoint: ${widerBecause}`]),
    ...looksGenerated.slice(0, 3).map((name) => `    NOTE ${name} looks generated: the next one will be blocked`),
    ...(detectionLoss === undefined || detectionLoss.blockedBefore === 0
      ? []
      : [`    costs ${detectionLoss.lost} of ${detectionLoss.blockedBefore} attacks that could be decided`]),
  ];
}

function placeText({ method, path }: ExclusionScope): string {
  if (path === undefined) return method === undefined ? 'in every request' : `in every ${method}`;
  return `at ${method ?? 'every method of'} ${path}`;
}
