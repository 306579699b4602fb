import { type Draft, linesOf, whenAny, whenNone } from '../../../model/draft.js';
import type { RuleId } from '../../../model/evidence.js';
import type { Exclusion, RaiseLimit, ReadBodyAs } from '../../../model/exclusion.js';
import { groupBy } from '../../../util/group-by.js';
import { bodyReadings, limitNames, type ReadingRule, readingRules } from '../body-settings.js';
import { bodyParser } from '../rule-ids.js';
import { comment } from './comment.js';
import { compareText } from './explain.js';
import type { EngineName } from './rule-dialect.js';

/** The variable that tells rules which stand in the place of others that an endpoint's rule has chosen what a body is read as. */
const hasChosen = 'wafproof_body_processor';

/** Where it is set, the Core Rule Set has bodies read as forms for which no processor is chosen (901350). */
const readsTheRest = 'enforce_bodyproc_urlencoded';

/** The rule of the recommended configuration that counts arguments (modsecurity.conf). */
const argumentsRule = 200007;

/**
 * What an endpoint's rule does so that a body is read as something else. In mod_security2 and Coraza the last processor that
 * is chosen counts. libmodsecurity 3 goes from JSON to XML and back, but from neither of them to a form: the rule that
 * chooses them must not run. Where it runs later, as in a location of nginx, it is removed for the request; where it ran
 * before, another rule is in its place.
 */
export function readingActions(
  { reading, insteadOf, guards }: ReadBodyAs,
  engines: readonly EngineName[],
): readonly string[] {
  if (guards === true && reading === 'form') return [`setvar:tx.${readsTheRest}=1`];
  const chooses = `ctl:requestBodyProcessor=${bodyReadings[reading].processor}`;
  if (insteadOf === undefined || !engines.includes('modsecurity3')) return [chooses];
  const removes = `ctl:ruleRemoveById=${insteadOf}`;
  return [chooses, removes, `setvar:tx.${hasChosen}=1`];
}

/**
 * What an endpoint's rule does so that bodies pass that could not be read. Where mod_security2 refuses without a rule, it
 * must not read them at all; else their text is still there for rules that look at all of it.
 */
export function unreadActions(ruleIds: readonly RuleId[]): readonly string[] {
  if (ruleIds.includes(bodyParser)) return ['ctl:requestBodyAccess=Off'];
  return ['ctl:forceRequestBodyVariable=On', ...ruleIds.map((id) => `ctl:ruleRemoveById=${id}`)];
}

/** Why bodies cannot be left unread; nothing where they can. */
export function unreadObstacle({ ruleIds }: Exclusion, engines: readonly EngineName[]): string | undefined {
  const isAlone = ruleIds.includes(bodyParser) && engines.some((engine) => engine !== 'modsecurity2');
  return isAlone ? 'the engine refuses this body without a rule, so that no exclusion lets it through' : undefined;
}

/**
 * Puts rules in the place of those that choose JSON or XML for all requests, but for requests whose body is to be read as a
 * form. They belong behind the endpoints' rules.
 */
export function replacements(exclusions: readonly Exclusion[], engines: readonly EngineName[]): Draft {
  if (!engines.includes('modsecurity3')) return [];
  const readAsForms = exclusions.flatMap((one) =>
    one.effect === 'read-body-as' && one.reading === 'form' ? [one] : [],
  );
  return readingRules.map((rule) =>
    whenAny(
      readAsForms.filter(({ insteadOf }) => insteadOf === rule.ruleId),
      linesOf(['', ...replacementLines(rule), '']),
    ),
  );
}

function replacementLines({ ruleId, reading, pattern }: ReadingRule): readonly Draft[] {
  return [
    comment(
      `In the place of rule ${ruleId}: it chooses ${reading} for all requests but those of endpoints above whose body is`,
    ),
    comment('read as a form. libmodsecurity 3 does not take back what a rule has chosen.'),
    `SecRuleRemoveById ${ruleId}`,
    [
      `SecRule REQUEST_HEADERS:Content-Type "${pattern}" "id:`,
      { number: `instead-of-${ruleId}` },
      ',phase:1,pass,t:none,t:lowercase,nolog,chain"',
    ],
    `    SecRule &TX:${hasChosen} "@eq 0" "t:none,ctl:requestBodyProcessor=${bodyReadings[reading].processor}"`,
  ];
}

/** An exclusion that raises a limit, with those that raise the same one higher: one of them is in force at a time. */
interface LimitInPlace {
  readonly limit: Exclusion & RaiseLimit;
  readonly higher: readonly Exclusion[];
}

/** The exclusions that raise a limit, in a stable order. */
function limitsIn(exclusions: readonly Exclusion[]): readonly LimitInPlace[] {
  const limits = exclusions.flatMap((one) => (one.effect === 'raise-limit' ? [one] : []));
  return [...groupBy(limits, ({ limit }) => limit)]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([, group]) => highestFirst(group).map((limit, place, all) => ({ limit, higher: all.slice(0, place) })));
}

function highestFirst(group: readonly (Exclusion & RaiseLimit)[]): readonly (Exclusion & RaiseLimit)[] {
  return group.toSorted((a, b) => b.value - a.value || compareText(a.id, b.id));
}

/** What raises each limit, once: the exclusion that asks for most. */
export function raisedLimits(exclusions: readonly Exclusion[], numberKey: string): readonly Draft[] {
  return limitsIn(exclusions).map(({ limit, higher }) =>
    whenAny(
      [limit],
      whenNone(
        higher,
        limitLines(limit, numberKey).flatMap((line, i) => (i === 0 ? line : ['\n', line])),
      ),
    ),
  );
}

/** What raises one limit, where no other exclusion asks for more of it. */
export function raisedLimit(exclusion: Exclusion, exclusions: readonly Exclusion[]): Draft {
  const own = limitsIn(exclusions).find(({ limit }) => limit === exclusion);
  return own === undefined ? [] : whenNone(own.higher, linesOf(limitLines(own.limit, argumentsKey)));
}

/** What the number of the rule follows from that counts arguments. */
export const argumentsKey = `instead-of-${argumentsRule}`;

/**
 * Why a limit cannot be raised; nothing where it can. Coraza reads `SecPcreMatchLimit` and heeds none: its regular expressions
 * take no longer than the text is long (RE2).
 */
export function limitObstacle({ limit }: RaiseLimit, engines: readonly EngineName[]): string | undefined {
  const isUnknown = limit === 'matching' && engines.every((engine) => engine === 'coraza');
  return isUnknown ? 'Coraza has no limit for regular expressions' : undefined;
}

/** Whether a limit must be set before the rules are read: mod_security2 gives each rule the one that it is read with. */
export function isSetBeforeRules(exclusion: Exclusion): boolean {
  return exclusion.effect === 'raise-limit' && exclusion.limit === 'matching';
}

/**
 * Directives that raise a limit. A rule with a number of its own takes the place of the one that counts arguments. They have
 * no single quotes, which end the text of `modsecurity_rules '…'` in nginx.
 */
function limitLines({ limit, value }: RaiseLimit, numberKey: string): readonly Draft[] {
  const directive = `${limitNames[limit]} ${value}`;
  if (limit === 'matching') return [directive, `${limitNames[limit]}Recursion ${value}`];
  if (limit !== 'arguments') return [directive];
  return [
    directive,
    `SecRuleRemoveById ${argumentsRule}`,
    [
      `SecRule &ARGS "@ge ${value}" "id:`,
      { number: numberKey },
      ',phase:2,t:none,log,deny,status:400,msg:SecArgumentsLimit,severity:2"',
    ],
  ];
}
