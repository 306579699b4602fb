import type { Verification } from '../../model/exclusion.js';
import type { StreamedReport } from '../../model/report.js';
import { groupBy } from '../../util/group-by.js';
import { otherEngineText } from '../proof-engine.js';
import { formatCount, plural } from '../run-texts.js';
import type { ExclusionIndex } from './exclusion-index.js';
import { type LinkList, linkList, linksToExclusions } from './link-list.js';
import { caseLink, countOver, type PageLink, shownText } from './page-text.js';

const maxAttacks = 50;
const maxClasses = 50;

/** What a real engine said of the exclusions. */
export interface ProofView {
  readonly any: boolean;
  readonly engine: string;
  /** Where the target has another engine. */
  readonly otherEngine?: string | undefined;
  readonly outcomes: readonly OutcomeView[];
  readonly attacks: LostAttacksView;
}

/** A number, and what it counts, where that has an address within the page. */
export interface OutcomeView extends LinkList {
  readonly label: string;
  readonly tone: string;
  readonly meaning: string;
}

/** Attacks that pass now, by their class: the first of each. */
export interface LostAttacksView {
  readonly any: boolean;
  readonly title: string;
  readonly note: string;
  readonly classes: readonly AttackClassView[];
}

/** The attacks of one class. */
export interface AttackClassView {
  readonly name: string;
  readonly count: string;
  readonly payloads: readonly string[];
  readonly more: string;
}

const unverified: Verification = {
  engine: '',
  cleared: [],
  stillBlocked: [],
  newlyBlocked: [],
  attacksLost: [],
  tooBroad: [],
  noEffect: [],
  notReproduced: [],
};

/** Prepares what the engine said for the templates. */
export function viewProof(report: StreamedReport, index: ExclusionIndex): ProofView {
  const { verification, exclusions = [] } = report;
  const otherEngine = otherEngineText(report);
  const proof = verification ?? unverified;
  const linksTo = linksToExclusions(exclusions, index);
  const {
    stillBlocked,
    newlyBlocked,
    tooBroad,
    siblingsBlocked = [],
    noEffect = [],
    notReproduced = [],
    servers = [],
  } = proof;
  return {
    any: verification !== undefined,
    engine: shownText(proof.engine),
    otherEngine: otherEngine === undefined ? undefined : shownText(otherEngine),
    outcomes: [
      clearedOutcome(proof),
      outcome('Still blocked', 'False positives that no exclusion clears', stillBlocked.map(caseLink), 'bad'),
      outcome('Newly blocked', 'Legitimate, passed before, refused now', newlyBlocked.map(caseLink), 'bad'),
      outcome('Too broad', 'A rule is silent beside the field too', linksTo(tooBroad), 'bad'),
      ...(siblingsBlocked.length === 0
        ? []
        : [
            outcome(
              'Blocked with other ids',
              'Cleared as sent, not with other generated names',
              siblingsBlocked.map(caseLink),
              'bad',
            ),
          ]),
      outcome('No effect', 'Nothing is blocked without them', linksTo(noEffect), 'doubtful'),
      outcome(
        'Not reproduced',
        `False positives that pass on the ${servers.length === 0 ? 'engine' : 'servers'} here, with other rules or settings`,
        notReproduced.map(caseLink),
        'doubtful',
      ),
      attackOutcome(proof),
    ],
    attacks: viewAttacks(proof.attacksLost),
  };
}

function clearedOutcome({ cleared, stillBlocked }: Verification): OutcomeView {
  const all = cleared.length + stillBlocked.length;
  return {
    ...linkList([]),
    label: 'Cleared',
    count: `${formatCount(cleared.length)} of ${formatCount(all)}`,
    tone: cleared.length > 0 || all === 0 ? 'good' : 'bad',
    meaning: 'False positives that pass now',
  };
}

function outcome(label: string, meaning: string, links: readonly PageLink[], tone: string): OutcomeView {
  return { ...linkList(links), label, meaning, tone: links.length > 0 ? tone : 'none' };
}

function attackOutcome({ attacksLost }: Verification): OutcomeView {
  const tone = attacksLost.length > 0 ? 'doubtful' : 'none';
  const meaning = 'Blocked before, pass through a freed field now';
  return { ...linkList([]), label: 'Attacks lost', meaning, count: formatCount(attacksLost.length), tone };
}

/** The same number of each class, so that a glance shows all kinds. */
function viewAttacks(lost: readonly string[]): LostAttacksView {
  const classes = [...groupBy(lost, classOf)].sort(([, a], [, b]) => b.length - a.length).slice(0, maxClasses);
  const each = Math.max(1, Math.floor(maxAttacks / Math.max(1, classes.length)));
  const views = classes.map(([name, attacks]) => viewClass(name, attacks, each));
  const shown = views.reduce((sum, { payloads }) => sum + payloads.length, 0);
  return {
    any: lost.length > 0,
    title: `${plural(lost.length, 'attack')} in ${plural(new Set(lost.map(classOf)).size, 'class', 'classes')}`,
    note:
      shown < lost.length
        ? `${formatCount(shown)} of ${formatCount(lost.length)} are shown, the first of each class`
        : '',
    classes: views,
  };
}

function viewClass(name: string, attacks: readonly string[], each: number): AttackClassView {
  return {
    name: shownText(name),
    count: formatCount(attacks.length),
    payloads: attacks.slice(0, each).map((attack) => shownText(payloadOf(attack))),
    more: countOver(attacks.length, each),
  };
}

// `class: payload`; a class is the name of a file and holds no colon.
function classOf(attack: string): string {
  return attack.includes(': ') ? attack.slice(0, attack.indexOf(': ')) : '';
}

function payloadOf(attack: string): string {
  return attack.includes(': ') ? attack.slice(attack.indexOf(': ') + 2) : attack;
}
