import type { ConclusionId } from './conclusions.js';
import { decisionTable, type Step, type Suspect } from './decision-table.js';
import type { ProbeId } from './probes.js';

/** What is known of a probe: its answer, or that it was not sent and why. */
export type ProbeState =
  | 'refused'
  | 'passes'
  | 'asked'
  /** Nothing in the request, or in what the user gave, makes it another request. */
  | 'impossible'
  /** It may change something, and the user did not allow it. */
  | 'not-allowed'
  /** It could be sent, and no more may be. */
  | 'over'
  /** It can be sent. */
  | 'open';

/** What is known so far. */
export interface KnownProbes {
  state(probe: ProbeId): ProbeState;
  /** Whether a part of the request holds what a rule may look for. */
  isOdd(part: Suspect['part']): boolean;
}

/** What to do next. */
export type Next =
  | { readonly kind: 'send'; readonly probe: ProbeId }
  | { readonly kind: 'conclude'; readonly conclusion: ConclusionId };

/** Goes through the decision table as far as the answers lead. */
export function nextProbe(known: KnownProbes, from: Step = decisionTable): Next {
  let step = from;
  for (;;) {
    if ('conclude' in step) return { kind: 'conclude', conclusion: step.conclude };
    if ('ask' in step) {
      const state = known.state(step.ask);
      if (state === 'open') return { kind: 'send', probe: step.ask };
      step = follow(step, state);
    } else {
      const found = suspectOf(step, known);
      if ('kind' in found) return found;
      step = found;
    }
  }
}

type Question = Extract<Step, { ask: ProbeId }>;

function follow({ passes, refused, asked = passes, unsent = refused }: Question, state: ProbeState): Step {
  switch (state) {
    case 'passes':
      return passes;
    case 'asked':
      return asked;
    case 'refused':
      return refused;
    default:
      return unsent;
  }
}

/** Where only one is left that could not be asked, it is the one. */
function suspectOf({ oneOf, none }: Extract<Step, { oneOf: readonly Suspect[] }>, known: KnownProbes): Step | Next {
  const suspects = oneOf.toSorted((a, b) => Number(known.isOdd(b.part)) - Number(known.isOdd(a.part)));
  const guilty = suspects.find(({ ask }) => ['passes', 'asked'].includes(known.state(ask)));
  if (guilty !== undefined) return guilty.passes;
  const open = suspects.find(({ ask }) => known.state(ask) === 'open');
  if (open !== undefined) return { kind: 'send', probe: open.ask };
  const [left, ...others] = suspects.filter(({ ask }) => ['over', 'not-allowed'].includes(known.state(ask)));
  return left !== undefined && others.length === 0 ? left.passes : none;
}
