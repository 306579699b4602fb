import type { DialectNotes } from '../../../contract/dialect.js';
import { type Draft, exclusionIds, linesOf, whenAny, whenNone } from '../../../model/draft.js';
import { formatVariable } from '../../../model/evidence.js';
import type { Exclusion } from '../../../model/exclusion.js';
import { configurationMark } from '../../../model/report.js';
import { bodyReadings, limitNames } from '../body-settings.js';
import { comment } from './comment.js';
import type { EngineName } from './rule-dialect.js';
import { shownNames } from './spelling.js';

/** A file and all that is written with it. */
export interface FileOfMany {
  /** What it is and where it is included, a comment each. */
  readonly what: readonly string[];
  /** The exclusions that are in the file. */
  readonly exclusions: readonly Exclusion[];
  /** Those in all files. */
  readonly all: readonly Exclusion[];
}

/** The first lines of a file: what it is for, what it clears and what it costs. */
export function head({ what, exclusions, all }: FileOfMany, notes: DialectNotes): Draft {
  const { engine, verification, caution, partOf } = notes;
  const of = exclusionIds(exclusions);
  return [
    linesOf(what.map(comment)),
    linesOf(
      caution === undefined
        ? [comment(`${configurationMark}. What is excluded was verified on ${engine}.`)]
        : cautionLines(caution),
    ),
    partOf === undefined
      ? { when: 'not-all', of: exclusionIds(all), text: linesOf(partLines(all.length)) }
      : linesOf(partLines(partOf)),
    whenNone(exclusions, linesOf([comment('There is nothing to exclude here.')])),
    whenAny(
      exclusions.filter(({ findings }) => findings.length > 0),
      ['# Clears ', { tally: 'finding', of }, ' with ', { tally: 'exclusion', of }, '.\n'],
    ),
    verification === undefined || caution !== undefined || partOf !== undefined
      ? []
      : { when: 'all', of: exclusionIds(all), text: linesOf(proof(verification)) },
    '\n',
  ];
}

/** Of a part of a set it is not known what it comes to by itself. */
function partLines(all: number): readonly string[] {
  return [comment(`A part of ${all} exclusions that were verified together: what needs the others stays blocked.`)];
}

/** A sentence or two, a part of each on a line: a comment is cut where it gets long. */
function cautionLines(caution: string): readonly string[] {
  return [`${configurationMark}, and not finished.`, ...caution.split(/(?<=[,;:]) /)].map(comment);
}

function proof({ cleared, stillBlocked, newlyBlocked, attacksLost }: NonNullable<DialectNotes['verification']>) {
  return [
    comment(
      `With all files of this folder: ${cleared.length} false positives pass, ${stillBlocked.length} are still blocked, ${newlyBlocked.length} other cases changed.`,
    ),
    comment(`Cost: ${attacksLost.length} attacks that were blocked in one of these places pass there now.`),
  ];
}

/** What one exclusion does, for whom, why it is as wide as it is, and what it costs. Fields are spelled as the engines do. */
export function explain(exclusion: Exclusion, notes: DialectNotes, engines: readonly EngineName[]): readonly string[] {
  const { findings, widerBecause, detectionLoss, seenOn, looksGenerated = [] } = exclusion;
  const cases = [...new Set(findings.flatMap((finding) => notes.reasons.get(finding) ?? []))];
  return [
    comment(`  ${effectText(exclusion, engines)}`),
    ...cases.slice(0, 3).map((text) => comment(`    for ${text}`)),
    ...(cases.length > 3 ? [comment(`    and ${cases.length - 3} more`)] : []),
    ...(widerBecause === undefined ? [] : [comment(`    wider than a named field of one endpoint: ${widerBecause}`)]),
    ...looksGenerated
      .slice(0, 3)
      .map((name) => comment(`    NOTE ${name} looks generated: the next one will be blocked`)),
    ...(seenOn === undefined ? [] : [comment(`    needed on ${seenOn} only, and not priced`)]),
    ...(detectionLoss === undefined ? [] : priceLines(detectionLoss)),
  ];
}

function effectText(exclusion: Exclusion, engines: readonly EngineName[]): string {
  const rules = exclusion.ruleIds.join(', ');
  switch (exclusion.effect) {
    case 'change-setting':
      return `TX:${exclusion.setting.name} is "${exclusion.setting.value}", for ${rules}`;
    case 'read-body-as':
      return `the body is read as ${bodyReadings[exclusion.reading].name}, for ${rules}`;
    case 'raise-limit':
      return `${limitNames[exclusion.limit]} is ${exclusion.value}, for ${rules}`;
    case 'leave-body-unread':
      return `NOT LOOKED AT any longer: the body of this endpoint when it cannot be parsed (${rules})`;
    case 'remove-target': {
      const { elements } = exclusion;
      const names = shownNames(exclusion, engines).join(' or ');
      const many = elements === undefined || !names.includes('array_*') ? '' : `, 0 to ${elements - 1},`;
      return `${names}${many} is not looked at by ${rules}`;
    }
    default:
      return `not run: ${rules}`;
  }
}

function priceLines({ lost, blockedBefore, classes = [] }: NonNullable<Exclusion['detectionLoss']>): readonly string[] {
  const worst = classes.slice(0, 3).map(({ className, lost: some }) => `${className} ${some}`);
  return [comment(`    costs ${lost} of ${blockedBefore} attacks${worst.length === 0 ? '' : `: ${worst.join(', ')}`}`)];
}

/** A stable order: by what is excluded, then by id. */
export function inOrder(exclusions: readonly Exclusion[]): readonly Exclusion[] {
  return [...exclusions].sort((a, b) => compareText(sortKey(a), sortKey(b)));
}

function sortKey(exclusion: Exclusion): string {
  return `${changedName(exclusion)} ${exclusion.id}`;
}

function changedName(exclusion: Exclusion): string {
  switch (exclusion.effect) {
    case 'change-setting':
      return exclusion.setting.name;
    case 'remove-target':
      return formatVariable(exclusion.variable);
    case 'raise-limit':
      return limitNames[exclusion.limit];
    default:
      return '';
  }
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
