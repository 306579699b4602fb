import type { Verification } from '../../model/exclusion.js';
import type { RunReport } from '../../model/report.js';
import { groupBy } from '../../util/group-by.js';
import { formatCount, plural } from '../run-texts.js';
import type { ExclusionIndex } from './exclusion-index.js';
import { caseLink, countOver, type PageLink, shownText } from './page-text.js';

const maxLinks = 200;
const maxAttacks = 50;
const maxClasses = 50;

/** What a real engine said of the exclusions. */
export interface ProofView {
  readonly any: boolean;
  readonly engine: string;
  readonly outcomes: readonly OutcomeView[];
  readonly attacks: LostAttacksView;
}

/** A number, and what it counts, where that has an address within the page. */
export interface OutcomeView {
  readonly label: string;
  readonly count: string;
  readonly tone: string;
  readonly meaning: string;
  readonly links: readonly PageLink[];
  readonly more: string;
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
};

/** Prepares what the engine said for the templates. */
export function viewProof({ verification, exclusions = [] }: RunReport, index: ExclusionIndex): ProofView {
  const proof = verification ?? unverified;
  const broad = exclusions.filter(({ id }) => proof.tooBroad.includes(id));
  return {
    any: verification !== undefined,
    engine: shownText(proof.engine),
    outcomes: [
      clearedOutcome(proof),
      outcome('Still blocked', 'False positives that no exclusion clears', proof.stillBlocked.map(caseLink)),
      outcome('Newly blocked', 'Legitimate, passed before, refused now', proof.newlyBlocked.map(caseLink)),
      outcome('Too broad', 'A rule is silent beside the field too', broad.map(index.linkTo)),
      attackOutcome(proof),
    ],
    attacks: viewAttacks(proof.attacksLost),
  };
}

function clearedOutcome({ cleared, stillBlocked }: Verification): OutcomeView {
  const all = cleared.length + stillBlocked.length;
  return {
    label: 'Cleared',
    count: `${formatCount(cleared.length)} of ${formatCount(all)}`,
    tone: cleared.length > 0 || all === 0 ? 'good' : 'bad',
    meaning: 'False positives that pass now',
    links: [],
    more: '',
  };
}

function outcome(label: string, meaning: string, links: readonly PageLink[]): OutcomeView {
  const shown = links.slice(0, maxLinks);
  const tone = links.length > 0 ? 'bad' : 'none';
  return {
    label,
    meaning,
    count: formatCount(links.length),
    tone,
    links: shown,
    more: countOver(links.length, maxLinks),
  };
}

function attackOutcome({ attacksLost }: Verification): OutcomeView {
  const tone = attacksLost.length > 0 ? 'doubtful' : 'none';
  const meaning = 'Blocked before, pass through a freed field now';
  return { label: 'Attacks lost', meaning, count: formatCount(attacksLost.length), tone, links: [], more: '' };
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
