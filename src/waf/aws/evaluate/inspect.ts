import type { FieldToMatch, Inspection } from '../acl/field-to-match.js';
import { describeField } from './describe-field.js';
import { inspectedTexts } from './fields/inspected-texts.js';
import { isIncluded, pointerNames } from './fields/json-elements.js';
import type { JsonElement } from './fields/read-json.js';
import { type EitherTexts, noTexts, type Texts } from './fields/texts.js';
import type { InspectedRequest } from './inspected-request.js';
import { doesNotMatch, match, or, type StatementOutcome, unknown } from './outcome.js';
import { type Chain, chainOf } from './transform/transformations.js';

/** Whether one text matches, once it is transformed. */
export type Predicate = (text: string) => boolean;

/** A statement, ready to be asked of any number of requests. */
export type AskRequest = (request: InspectedRequest) => StatementOutcome;

interface Plan {
  readonly field: FieldToMatch;
  readonly preParse: readonly string[];
  readonly chain: Chain;
  readonly holds: Predicate;
  /** The length counts: of a body that is cut, AWS may mean the whole. */
  readonly isLength: boolean;
  /** Such as `a text in the body`. */
  readonly name: string;
}

/**
 * A statement that looks at a component.
 * @param what it looks for, as the begin of "… in the body"
 */
export function inspecting(inspect: Inspection, what: string, holds: Predicate, isLength = false): AskRequest {
  const { field, preParse, transformations } = inspect;
  const name = `${what} in ${describeField(field)}`;
  const chain = chainOf(transformations);
  if (field.kind === 'unknown') return always(unknown(name, field.why));
  if (typeof chain !== 'function')
    return always(unknown(name, `the transformation "${chain.unknown}" is not known here`));
  const plan: Plan = { field, preParse, chain, holds, isLength, name };
  if (field.kind === 'body') return (request) => bodyOutcome(request, field, plan);
  if (field.kind === 'json-body') return jsonAsk(field, plan);
  return (request) => {
    const inspected = inspectedTexts(field, preParse, request);
    return 'kind' in inspected ? inspected : textsOutcome(inspected, plan);
  };
}

function always(outcome: StatementOutcome): AskRequest {
  return () => outcome;
}

/** One sure text that matches is enough; a doubtful one leaves it open. */
function textsOutcome(
  { sure, either, maybe, why = 'AWS does not say how it is inspected' }: Texts,
  plan: Plan,
): StatementOutcome {
  let outcome = anyOf(sure, plan);
  for (const readings of either ?? []) {
    if (outcome.kind === 'match') return outcome;
    outcome = or(outcome, eitherOf(readings, plan, why));
  }
  if (outcome.kind !== 'no-match' || maybe === undefined) return outcome;
  return anyOf(maybe, plan).kind === 'no-match' ? doesNotMatch : unknown(plan.name, why);
}

function anyOf(texts: readonly string[], plan: Plan): StatementOutcome {
  let outcome = doesNotMatch;
  for (const text of texts) {
    outcome = or(outcome, textOutcome(text, plan));
    if (outcome.kind === 'match') return outcome;
  }
  return outcome;
}

/** Decided where all readings come to the same. */
function eitherOf(readings: EitherTexts, plan: Plan, why: string): StatementOutcome {
  const [first = doesNotMatch, ...others] = readings.map((texts) => anyOf(texts, plan));
  return first.kind === 'unknown' || others.every(({ kind }) => kind === first.kind) ? first : unknown(plan.name, why);
}

function textOutcome(text: string, { chain, holds, name }: Plan): StatementOutcome {
  const made = chain(text);
  if (typeof made === 'string') return holds(made) ? match : doesNotMatch;
  if (made === undefined) return unknown(name, 'AWS does not say enough of its transformations');
  let matches = 0;
  for (const reading of made) if (holds(reading)) matches++;
  if (matches === 0) return doesNotMatch;
  return matches === made.length ? match : unknown(name, 'AWS does not say what its transformations make of this text');
}

type BodyField = Extract<FieldToMatch, { kind: 'body' }>;
type JsonField = Extract<FieldToMatch, { kind: 'json-body' }>;

/** What a statement on a body comes to before any of it is looked at; nothing where it is. */
function unread(request: InspectedRequest, { oversize }: BodyField | JsonField): StatementOutcome | undefined {
  if (request.isGrpc) return doesNotMatch;
  if (request.isBodyOversize && oversize !== 'CONTINUE') return oversize === 'MATCH' ? match : doesNotMatch;
  return undefined;
}

function bodyOutcome(request: InspectedRequest, field: BodyField, plan: Plan): StatementOutcome {
  const early = unread(request, field);
  if (early !== undefined) return early;
  if (request.body === '') return textsOutcome(emptyBody(request), plan);
  const outcome = textOutcome(request.body, plan);
  if (!plan.isLength || !request.isBodyOversize) return outcome;
  const whole = textOutcome(request.facts.body, plan);
  return whole.kind === outcome.kind
    ? outcome
    : unknown(
        plan.name,
        'the body is longer than is inspected, and sources contradict one another on which length counts',
      );
}

/** A request without a body lacks the component; of an announced length of 0 AWS says nothing. */
function emptyBody(request: InspectedRequest): Texts {
  if (!request.names.includes('content-length')) return noTexts;
  return { sure: [], maybe: [''], why: 'AWS does not say whether an empty body is inspected' };
}

function jsonAsk(field: JsonField, plan: Plan): AskRequest {
  const pointers = field.pointers === 'all' ? 'all' : field.pointers.map(pointerNames);
  return (request) => {
    const early = unread(request, field);
    if (early !== undefined) return early;
    if (request.body === '') return emptyJson(field, plan);
    const { elements, state } = request.json;
    const read = textsOutcome(jsonTexts(elements.filter((one) => isIncluded(one, pointers, field.scope))), plan);
    return state === 'parsed' ? read : afterFault(request, field, plan, { read, isSure: state === 'failed' });
  };
}

function jsonTexts(elements: readonly JsonElement[]): Texts {
  const certain = elements.filter(({ isDoubtful }) => !isDoubtful);
  return {
    sure: certain.flatMap(({ texts }) => (texts.length === 1 ? texts : [])),
    either: certain.flatMap(({ texts }) => (texts.length === 1 ? [] : [texts.map((text) => [text])])),
    maybe: elements.flatMap(({ texts, isDoubtful }) => (isDoubtful ? texts : [])),
    why: 'AWS does not say how this part of the JSON is inspected',
  };
}

/** A body that is no JSON, or not to its end. */
function afterFault(
  request: InspectedRequest,
  { invalid }: JsonField,
  plan: Plan,
  { read, isSure }: { readonly read: StatementOutcome; readonly isSure: boolean },
): StatementOutcome {
  const fallback = fallbackOutcome(invalid, request, plan, read);
  if (isSure || (read.kind === 'match' && fallback.kind === 'match')) return fallback;
  return unknown(plan.name, 'the body is JSON with a fault of which AWS does not say whether it is passed over');
}

function fallbackOutcome(
  invalid: JsonField['invalid'],
  request: InspectedRequest,
  plan: Plan,
  read: StatementOutcome,
): StatementOutcome {
  switch (invalid) {
    case 'MATCH':
      return match;
    case 'NO_MATCH':
      return doesNotMatch;
    case 'EVALUATE_AS_STRING':
      return textOutcome(request.body, plan);
    case undefined:
      return read;
  }
}

/** An absent component does not match; whether an absent body also is a parsing failure is not said. */
function emptyJson({ invalid }: JsonField, plan: Plan): StatementOutcome {
  if (invalid !== 'MATCH') return doesNotMatch;
  return unknown(plan.name, 'AWS does not say whether a request without a body is one whose JSON cannot be parsed');
}
