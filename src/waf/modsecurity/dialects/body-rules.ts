import type { RuleId } from '../../../model/evidence.js';
import type { Exclusion, RaiseLimit, ReadBodyAs } from '../../../model/exclusion.js';
import { groupBy } from '../../../util/group-by.js';
import { bodyReadings, limitNames, type ReadingRule, readingRules } from '../body-settings.js';
import { bodyParser } from '../rule-ids.js';
import { comment } from './comment.js';
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

/** Numbers of rules by what they follow from. */
export type RuleIds = ReadonlyMap<string, number>;

/** What the numbers follow from of the rules that stand in the place of others. */
export function bodyRuleKeys(exclusions: readonly Exclusion[], engines: readonly EngineName[]): readonly string[] {
  const counts = exclusions.some((one) => one.effect === 'raise-limit' && one.limit === 'arguments');
  return [...replacedRules(exclusions, engines).map(keyOf), ...(counts ? [argumentsKey] : [])];
}

/** The rules that choose JSON or XML for all requests but those whose body is to be read as a form. */
function replacedRules(exclusions: readonly Exclusion[], engines: readonly EngineName[]): readonly ReadingRule[] {
  if (!engines.includes('modsecurity3')) return [];
  const replaced = new Set(
    exclusions.flatMap((one) => (one.effect === 'read-body-as' && one.reading === 'form' ? [one.insteadOf] : [])),
  );
  return readingRules.filter(({ ruleId }) => replaced.has(ruleId));
}

function keyOf({ ruleId }: ReadingRule): string {
  return `instead-of-${ruleId}`;
}

/** Lines that put rules in the place of those that choose what bodies are read as. They belong behind the endpoints' rules. */
export function replacementLines(
  exclusions: readonly Exclusion[],
  engines: readonly EngineName[],
  ids: RuleIds,
): readonly string[] {
  return replacedRules(exclusions, engines).flatMap((rule) => [
    '',
    comment(
      `In the place of rule ${rule.ruleId}: it chooses ${rule.reading} for all requests but those of endpoints above whose body is`,
    ),
    comment('read as a form. libmodsecurity 3 does not take back what a rule has chosen.'),
    `SecRuleRemoveById ${rule.ruleId}`,
    `SecRule REQUEST_HEADERS:Content-Type "${rule.pattern}" "id:${ids.get(keyOf(rule)) ?? 0},phase:1,pass,t:none,t:lowercase,nolog,chain"`,
    `    SecRule &TX:${hasChosen} "@eq 0" "t:none,ctl:requestBodyProcessor=${bodyReadings[rule.reading].processor}"`,
    '',
  ]);
}

/** Of the exclusions that raise a limit, the one that asks for most: all of them would be in force at once. */
export function highestLimits(exclusions: readonly Exclusion[]): readonly (Exclusion & RaiseLimit)[] {
  const limits = exclusions.flatMap((one) => (one.effect === 'raise-limit' ? [one] : []));
  return [...groupBy(limits, ({ limit }) => limit).values()].flatMap((group) =>
    group.toSorted((a, b) => b.value - a.value).slice(0, 1),
  );
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
export function limitLines({ limit, value }: RaiseLimit, ids: RuleIds): readonly string[] {
  const directive = `${limitNames[limit]} ${value}`;
  if (limit === 'matching') return [directive, `${limitNames[limit]}Recursion ${value}`];
  if (limit !== 'arguments') return [directive];
  return [
    directive,
    `SecRuleRemoveById ${argumentsRule}`,
    `SecRule &ARGS "@ge ${value}" "id:${ids.get(argumentsKey) ?? 0},phase:2,t:none,log,deny,status:400,msg:SecArgumentsLimit,severity:2"`,
  ];
}
