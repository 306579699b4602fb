import type { FieldPath } from './field.js';

/** A place in a request that a rule looks at, in ModSecurity's notation: `ARGS:comment` is collection `ARGS`, key `comment`. */
export interface Variable {
  readonly collection: string;
  readonly key?: string;
}

/** `ARGS:comment`, as rules and logs write it. */
export function formatVariable(variable: Variable): string {
  return variable.key === undefined ? variable.collection : `${variable.collection}:${variable.key}`;
}

/**
 * How sure the variable of a hit is.
 * - `logged`: the log line names it.
 * - `recovered`: the line names another variable only, and exactly one place in the request fits its offset and length.
 * - `ambiguous`: several places fit; `candidates` lists them.
 * - `unknown`: the log does not say, and nothing in the request fits.
 */
export type VariableSource = 'logged' | 'recovered' | 'ambiguous' | 'unknown';

/** ModSecurity's severities, most severe first (reference manual, action `severity`). */
export const severities = ['EMERGENCY', 'ALERT', 'CRITICAL', 'ERROR', 'WARNING', 'NOTICE', 'INFO', 'DEBUG'] as const;

/** How grave a rule says that its match is. */
export type Severity = (typeof severities)[number];

/** A rule's number (ModSecurity) or its name (AWS WAF: `AWS#AWSManagedRulesCommonRuleSet#GenericLFI_BODY`). */
export type RuleId = number | string;

/** One rule that matched one variable. */
export interface RuleHit {
  readonly ruleId: RuleId;
  readonly message: string;
  readonly severity?: Severity;
  readonly tags: readonly string[];
  /** The paranoia level of the rule, 1 to 4, from its tag. */
  readonly paranoia?: number;
  readonly variable: Variable;
  /** Where `variable` lies in the request; absent where it is nothing that a client sends. */
  readonly field?: FieldPath;
  readonly variableSource: VariableSource;
  /** With `ambiguous`: every place that fits. */
  readonly candidates?: readonly Variable[];
  /** Where `candidates` lie. */
  readonly candidateFields?: readonly FieldPath[];
  /**
   * Other variables whose removal may silence the rule: what another link of its chain matched, or a variable of the
   * engine's own that an earlier rule filled from `variable`, such as `TX:rfi_parameter_ARGS:url`.
   */
  readonly alternatives?: readonly Variable[];
  /** The text that matched, after the rule's transformations. Absent where the log does not show it. */
  readonly matched?: string;
  /** The log cut the matched text. */
  readonly matchedTruncated?: boolean;
  /** Why the rule refuses, in the engine's words, where it is not for what it matched: why a body could not be read. */
  readonly reason?: string;
  /** The rule only counted the match: nothing was refused for it, and the next one to refuse the request it may be. */
  readonly counted?: true;
  /** Points that this hit adds to the anomaly score, from its severity; absent for rules that do not score. */
  readonly scoring?: number;
}

/** The hits that a request was refused for; where all of them only counted, all. */
export function hitsToBlame<H extends Pick<RuleHit, 'counted'>>(hits: readonly H[]): readonly H[] {
  const blamed = hits.filter(({ counted }) => counted !== true);
  return blamed.length > 0 ? blamed : hits;
}

/** How much a rule is meant to refuse beside attacks, 1 to 4, where its set has levels: higher ones are stricter. */
export function levelOf({ paranoia }: RuleHit): number | undefined {
  return paranoia;
}

/**
 * What the engine did with the transaction, as its log tells; least grave first.
 * - `passed`: nothing reached the threshold.
 * - `would-block`: the engine only detects, and would have refused the request.
 * - `blocked`: the request was refused by the engine.
 */
export const wafActions = ['passed', 'would-block', 'blocked'] as const;

/** What the engine did with a request, in a word. */
export type WafAction = (typeof wafActions)[number];

/** The anomaly score of a request, in points. */
export interface Score {
  readonly inbound: number;
  /** From here on the request is refused. */
  readonly threshold: number;
}

/** What refused a request, or would have where the WAF only detects. */
export interface BlockedBy {
  /**
   * - `inbound`: the anomaly score of the request.
   * - `outbound`: the anomaly score of the answer; the request itself was let through.
   * - `body-parser`: the engine could not read the body, or it is longer than the engine takes.
   * - `rule`: one rule by itself, such as a house rule with `deny`.
   * - `managed-rule`: a rule of a set that somebody else keeps.
   * - `rate`: a limit of requests, or a defence against floods of them.
   * - `bot`, `ip`, `geo`: what is known of the client, its address or its country.
   * - `challenge`, `captcha`: the client was asked to prove itself, and did not.
   * - `default-action`: no rule allowed it.
   */
  readonly kind:
    | 'inbound'
    | 'outbound'
    | 'body-parser'
    | 'rule'
    | 'managed-rule'
    | 'rate'
    | 'bot'
    | 'ip'
    | 'geo'
    | 'challenge'
    | 'captcha'
    | 'default-action';
  /** It is about who sends, from where and how often; what the request holds was not the reason. */
  readonly ofClient?: true;
  /** Absent where no rule stands behind the refusal, and where the log does not name it. */
  readonly ruleId?: RuleId;
  /** Phase of the transaction, 1 to 4, as far as the log tells. */
  readonly phase?: number;
  /** The engine's own words, where it gives a reason that is no rule's message. */
  readonly reason?: string;
  /** The HTTP status of the refusal, where the log tells. */
  readonly status?: number;
  /** The log gives a reason to refuse the request, and does not say whether it was refused: the answer tells. */
  readonly assumed?: true;
}

/** All that the WAF's logs say of one exchange. */
export interface Evidence {
  readonly action: WafAction;
  /** Present only where `action` is not `passed`, as far as the log tells. */
  readonly blockedBy?: BlockedBy;
  /** Status that the engine answered with, where its log tells. */
  readonly status?: number;
  readonly score?: Score;
  readonly hits: readonly RuleHit[];
  /** Labels that rules put on the request, where the WAF has such. */
  readonly labels?: readonly string[];
  /** Why the engine could not read the body, where it took that down and let the request pass. */
  readonly unread?: string;
}

/** What of the rules could not be decided first. */
export interface UndecidedBy {
  /** A rule or a group of rules, by its name. */
  readonly what: string;
  /** The end of a sentence such as "it is not decided: its rules are not published". */
  readonly why: string;
}

/** Evidence, or the reason why there is none. */
export type EvidenceResult =
  | { readonly kind: 'found'; readonly evidence: Evidence }
  | { readonly kind: 'missing'; readonly reason: string }
  /** The rules depend on something that only the real WAF knows. */
  | { readonly kind: 'undecided'; readonly reason: string; readonly by?: UndecidedBy };
