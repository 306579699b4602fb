import type { Place } from '../../../model/place.js';
import type { Change } from './items.js';
import type { Rule } from './rules.js';

/** How an exclusion names the rules that it is for. */
export interface Selector {
  readonly by: 'id' | 'tag' | 'msg';
  /** As written, without quotes. */
  readonly text: string;
  readonly quoted: boolean;
}

/** What an exclusion does. */
export type Effect =
  | { readonly kind: 'remove-rule'; readonly rules: Selector }
  /** `target` is what is taken from the rules, such as `ARGS:comment`, as written. */
  | { readonly kind: 'remove-target'; readonly rules: Selector; readonly target: string }
  | { readonly kind: 'update-action'; readonly rules: Selector }
  | { readonly kind: 'engine'; readonly value: 'off' | 'detectiononly' }
  | { readonly kind: 'no-body' }
  | { readonly kind: 'allow' }
  | { readonly kind: 'setting'; readonly name: string; readonly value: string };

/** Where an exclusion is to be read: before the rules that it acts on, or after them. */
export type Position = 'before' | 'after';

/** The smallest part of an exclusion file that can be left out by itself. */
export interface ExclusionUnit {
  readonly at: Required<Place>;
  /** As written. */
  readonly text: string;
  readonly effect: Effect;
  /** The rule that it is an action of, and in which of its links; absent for a directive. */
  readonly host?: { readonly rule: Rule; readonly link: number };
  /** More than a rule and a target, which libmodsecurity 3 refuses. */
  readonly replaces?: true;
  readonly position: Position;
  /** What leaves it out. */
  readonly change: Change;
}

/** A unit whose place in the text is still an offset. */
export type UnitDraft = Omit<ExclusionUnit, 'at'> & { readonly start: number };
