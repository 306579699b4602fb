import type { RuleId, Variable } from './evidence.js';
import type { FieldPath } from './field.js';

/**
 * Where an exclusion applies. With method and path it acts on requests of one endpoint only; without, on every request.
 */
export interface ExclusionScope {
  readonly method?: string;
  /** The path without query, as the application sees it. It may be a template, such as `/tickets/{number}`. */
  readonly path?: string;
}

/** Attacks of one class that an exclusion lets through. */
export interface ClassLoss {
  readonly className: string;
  readonly lost: number;
  readonly blockedBefore: number;
  /** One of the attacks that are lost. */
  readonly example: string;
}

/** What was blocked before an exclusion and is let through after it, of the attacks sent through the same field. */
export interface DetectionLoss {
  readonly lost: number;
  readonly blockedBefore: number;
  /** Attacks of which the engine cannot say what becomes of them, since only the real WAF knows its rules. */
  readonly undecided?: number;
  /** Classes that lose something, the largest loss first. */
  readonly classes?: readonly ClassLoss[];
  /** Which of the verification's `attacksLost` these are, by place; absent in reports of earlier versions. */
  readonly attacks?: readonly number[];
  /** Ids of other exclusions that free the same field: the loss is that of all of them together. */
  readonly beside?: readonly string[];
}

/**
 * One form that an exclusion could take, from narrow to wide.
 * - `chosen`: it is the narrowest that clears the hits.
 * - `impossible`: the engine cannot be told it, or it would take away more than it says.
 * - `insufficient`: tried on the engine, and the rule still fired.
 * - `wider`: not needed.
 */
export interface LadderStep {
  readonly effect: ExclusionEffect;
  readonly ruleIds: readonly RuleId[];
  /** What is taken from the rules; several variables are taken together. */
  readonly variables: readonly Variable[];
  readonly scope: ExclusionScope;
  readonly outcome: 'chosen' | 'impossible' | 'insufficient' | 'wider';
  readonly reason?: string;
}

/** A setting that rules compare with: its name in the rule set, and the value that it is to have. */
export interface Setting {
  readonly name: string;
  readonly value: string;
  /** The name as rules write it, where that is another one. */
  readonly written?: string;
}

/** What is true of each change that ModSecurity can be told. */
interface ModSecurityChange {
  /** The server on which alone it is needed. Its names are those of the engine there, and it has no price. */
  readonly seenOn?: string;
}

/** ModSecurity: one variable is taken from the rules. */
export interface RemoveTarget extends ModSecurityChange {
  readonly effect: 'remove-target';
  /**
   * The variable, as libmodsecurity 3 names it. In the name of an element of an array, `array_*` stands for `array_0` and
   * those after it; a placeholder such as `{number}` stands for a part that is generated.
   */
  readonly variable: Variable;
  /** The field that the variable stands for, where it stands for one. */
  readonly field?: FieldPath;
  /** How many elements of each array are meant, where the name of the variable has `array_*` in it. */
  readonly elements?: number;
  /** The variables of those elements. */
  readonly elementVariables?: readonly Variable[];
  /** The variable is made from a JSON body: other engines have other names for it. */
  readonly json?: true;
}

/** ModSecurity: the rules are taken away as a whole. */
export interface RemoveRule extends ModSecurityChange {
  readonly effect: 'remove-rule';
}

/** ModSecurity: a setting that the rules compare with is changed, such as the methods that are allowed. */
export interface ChangeSetting extends ModSecurityChange {
  readonly effect: 'change-setting';
  readonly setting: Setting;
}

/** What a body can be read as. */
export type BodyReading = 'json' | 'xml' | 'form';

/** ModSecurity: a body is read as something else than its Content-Type says, so that its rules look at what is in it. */
export interface ReadBodyAs extends ModSecurityChange {
  readonly effect: 'read-body-as';
  readonly reading: BodyReading;
  /** The rule that chooses another reading for the Content-Type of these requests. */
  readonly insteadOf?: RuleId;
  /**
   * Nothing is blocked without it: rules would not see what is in bodies that another exclusion for the same rules and scope
   * lets through.
   */
  readonly guards?: true;
}

/**
 * A limit for bodies: `body` is its length in bytes, `body-without-files` that of all but uploads, `json-depth` how deep
 * JSON may be nested, `arguments` how many arguments there may be.
 */
export type BodyLimit = 'body' | 'body-without-files' | 'json-depth' | 'arguments';

/** A limit of the engine: for bodies, or `matching`, how many steps a regular expression may take. */
export type EngineLimit = BodyLimit | 'matching';

/** ModSecurity: a limit is raised. */
export interface RaiseLimit extends ModSecurityChange {
  readonly effect: 'raise-limit';
  readonly limit: EngineLimit;
  /** The most that is taken then. */
  readonly value: number;
}

/** ModSecurity: bodies that the engine cannot read are let through, and no rule looks at what is in them. */
export interface LeaveBodyUnread extends ModSecurityChange {
  readonly effect: 'leave-body-unread';
}

/** What is true of each change that AWS WAF can be told. */
interface AwsChange {
  /** The rule of the web ACL that it is made to, by its name there. */
  readonly aclRule: string;
  readonly seenOn?: string;
}

/** AWS WAF: one rule of a group only counts, and a rule behind the group blocks by its label outside of the scope. */
export interface CountAndReblock extends AwsChange {
  readonly effect: 'count-and-reblock';
  /** The rule of the group, by its name there. */
  readonly groupRule: string;
  /** The label that the rule sets, in full; labels are compared letter by letter. */
  readonly label: string;
}

/** AWS WAF: a group of rules is not asked about requests in the scope, and sets no label for them. */
export interface ScopeDownGroup extends AwsChange {
  readonly effect: 'scope-down';
}

/** AWS WAF: a rule of the web ACL's own does not match requests in the scope. */
export interface NarrowRule extends AwsChange {
  readonly effect: 'narrow-rule';
}

/** AWS WAF: a rule only counts, whatever the request. */
export interface CountOnly extends AwsChange {
  readonly effect: 'count-only';
  /** The rule of the group, where `aclRule` is one. */
  readonly groupRule?: string;
}

/** What an exclusion does, with all that its kind of change needs to know. */
export type ExclusionChange =
  | RemoveTarget
  | RemoveRule
  | ChangeSetting
  | ReadBodyAs
  | RaiseLimit
  | LeaveBodyUnread
  | CountAndReblock
  | ScopeDownGroup
  | NarrowRule
  | CountOnly;

/** What an exclusion does, in a word. */
export type ExclusionEffect = ExclusionChange['effect'];

/** What every exclusion has, whatever it does. */
interface ExclusionBase {
  /** Stable across runs: made from what it changes and where. */
  readonly id: string;
  readonly findings: readonly string[];
  /** The rules that it is for, in ascending order. */
  readonly ruleIds: readonly RuleId[];
  readonly scope: ExclusionScope;
  /** Why no narrower form works, where this one is wider than a named target in a scope of method and path. */
  readonly widerBecause?: string;
  /** Names and paths that it is for as they are, though a part of them looks generated: the next one will be blocked. */
  readonly looksGenerated?: readonly string[];
  /** The forms that were considered, narrowest first. */
  readonly ladder?: readonly LadderStep[];
  readonly detectionLoss?: DetectionLoss;
}

/** A change that clears findings, for some rules and in a scope. */
export type Exclusion = ExclusionBase & ExclusionChange;

/** A hit that no exclusion clears. */
export interface Uncleared {
  /** Id of the case. */
  readonly subject: string;
  readonly ruleId: RuleId;
  readonly reason: string;
}

/** A hit that a legitimate case keeps, because the request passes all the same: what was spared by not excluding it. */
export interface LeftInForce {
  readonly ruleId: RuleId;
  readonly variable: Variable;
  readonly field?: FieldPath;
  readonly scope: ExclusionScope;
  /** Attacks that would be let through if it were excluded too. */
  readonly spares: number;
}

/** An exclusion that costs more than the user allows, or that no server confirms; it is not written. */
export interface RefusedExclusion {
  readonly exclusion: Exclusion;
  readonly reason: string;
}

/** How cases come out under a set of exclusions. */
export interface ExclusionOutcome {
  readonly engine: string;
  /** False positives that pass now. */
  readonly cleared: readonly string[];
  readonly stillBlocked: readonly string[];
  /** Cases of which the engine cannot say how they come out; absent where it can of all. */
  readonly undecided?: readonly string[];
  /** Legitimate cases that passed before and are blocked now. */
  readonly newlyBlocked: readonly string[];
  /** Exclusions whose rule no longer fires on the same payload elsewhere: on a neighbouring path, method or field. */
  readonly tooBroad: readonly string[];
  /** Cleared cases that are blocked with other generated parts in their names and paths; absent where there are none. */
  readonly siblingsBlocked?: readonly string[];
}

/** What a real engine said of a set of exclusions. */
export interface Verification extends ExclusionOutcome {
  /** What is not known of them, where the proof was cut short. */
  readonly caution?: string;
  /** Attacks that were blocked before and pass now, as `class: payload`. */
  readonly attacksLost: readonly string[];
  /** How many attacks were blocked before in a field that an exclusion frees, each once; absent in reports of earlier versions. */
  readonly attacksBlockedBefore?: number;
  /** Exclusions without which nothing is blocked that they were made for. */
  readonly noEffect: readonly string[];
  /** False positives of the report that pass on the engine here: its rules or settings are others, or it lacks a value that was redacted. */
  readonly notReproduced: readonly string[];
  /** Hits that no exclusion clears, and why. */
  readonly uncleared?: readonly Uncleared[];
  /** With `--margin`: hits that may stay. */
  readonly leftInForce?: readonly LeftInForce[];
  /** What is not written: with `--max-loss`, what costs too much; with `--on`, what no server confirms. */
  readonly refused?: readonly RefusedExclusion[];
  /** With `--on`: what each server said that reads the written files. The outcome is what they said together. */
  readonly servers?: readonly ExclusionOutcome[];
  /** With `--on`: what the engine said on which the exclusions were searched. It decides nothing then. */
  readonly embedded?: ExclusionOutcome;
}
