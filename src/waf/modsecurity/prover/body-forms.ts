import type { Form, HitPlace } from '../../../contract/prover.js';
import type { RuleHit } from '../../../model/evidence.js';
import type { BodyReading, ExclusionScope, LeaveBodyUnread, RaiseLimit, ReadBodyAs } from '../../../model/exclusion.js';
import type { RequestSpec } from '../../../model/request.js';
import { type BodyContent, bodyContent } from '../../../request/body-content.js';
import { bodyReadings, chosenReading, limitNames } from '../body-settings.js';
import { isBodyParserRule } from '../rule-ids.js';
import { neededLimit } from './needed-limit.js';

/**
 * The forms for a hit whose cause is that the body could not be read, or was read as something that it is not: another
 * reading, a limit that is raised, and, where the user allows it, the body left unread. Nothing for other hits.
 */
export function bodyForms(hit: RuleHit, place: HitPlace, settings: BodyFormSettings): readonly Form[] | undefined {
  if (isBodyParserRule(hit.ruleId)) return parserForms(hit, place, settings.allowUnread);
  return isOfMisreadBody(hit, place.request) ? misreadForms(place, settings) : undefined;
}

/** What the forms depend on beside the hit and its place. */
export interface BodyFormSettings {
  readonly allowUnread: boolean;
  /** The forms that take variables from the rule. */
  others(): readonly Form[];
}

function parserForms(hit: RuleHit, place: HitPlace, allowUnread: boolean): readonly Form[] {
  const limit = neededLimit(hit, place.refused);
  if (limit !== undefined) return limitForms(limit, place);
  const content = bodyContent(place.request);
  return [...readingForms(content, place), unread(place, content, allowUnread)];
}

/** A server may know a limit for a path; else it is one for every request. */
export function limitForms(limit: RaiseLimit, { endpoint: { path } }: Pick<HitPlace, 'endpoint'>): readonly Form[] {
  const raised = (scope: ExclusionScope, more: Pick<Form, 'because'> = {}): Form => ({
    changes: [limit],
    scope,
    isWholeRule: false,
    isWide: true,
    done: `${limitNames[limit.limit]} is ${limit.value}`,
    ...more,
  });
  return [raised({ path }, { because: 'a section of a server is for a path, whatever the method' }), raised({})];
}

/** What the rules can be shown of a body, by what it is. */
const readings: Readonly<Record<BodyContent, readonly BodyReading[]>> = {
  none: [],
  json: ['json', 'form'],
  'json-lines': ['form'],
  xml: ['xml', 'form'],
  form: ['form'],
  parts: ['form'],
  text: ['form'],
  compressed: [],
  binary: [],
};

/**
 * What a body is to be read as for which the engine has no reading, so that rules see its fields; nothing where it has one, or
 * where there is no text to see.
 */
export function readingOfUnread(request: RequestSpec): BodyReading | undefined {
  return chosenReading(request).reading === undefined ? readings[bodyContent(request)][0] : undefined;
}

function readingForms(content: BodyContent, { endpoint, request }: HitPlace): readonly Form[] {
  const chosen = chosenReading(request);
  return readings[content]
    .filter((reading) => reading !== chosen.reading)
    .map((reading) => {
      const change: ReadBodyAs = {
        effect: 'read-body-as',
        reading,
        ...(chosen.ruleId !== undefined && { insteadOf: chosen.ruleId }),
      };
      return {
        changes: [change],
        scope: endpoint,
        isWholeRule: false,
        isWide: false,
        done: `the body is read as ${bodyReadings[reading].name}`,
      };
    });
}

function unread({ endpoint }: HitPlace, content: BodyContent, allowed: boolean): Form {
  const change: LeaveBodyUnread = { effect: 'leave-body-unread' };
  const what = contentTexts[content];
  return {
    changes: [change],
    scope: endpoint,
    isWholeRule: false,
    isWide: true,
    because: `the body of this endpoint is no longer looked at when it cannot be parsed: it is ${what}`,
    done: 'the body is let through unread',
    ...(!allowed && { refusal: refusalText(what) }),
  };
}

function refusalText(what: string): string {
  return `this body cannot be inspected (${what}): exempt the endpoint only if the application must take it, with --allow-unread-bodies`;
}

const contentTexts: Readonly<Record<BodyContent, string>> = {
  none: 'empty',
  json: 'JSON that the engine does not parse',
  'json-lines': 'several JSON documents',
  xml: 'XML that the engine does not parse',
  form: 'a form that the engine does not parse',
  parts: 'multipart that the engine does not parse',
  text: 'text of no kind that the engine parses',
  compressed: 'compressed, such as gzip',
  binary: 'binary',
};

/**
 * Whether a hit is at an argument that is none: rules look at names and values of a form where the body is another thing,
 * such as JSON, a certificate or an upload.
 */
function isOfMisreadBody({ variable: { collection }, field }: RuleHit, request: RequestSpec): boolean {
  if (field !== undefined && !['argument', 'form', 'body'].includes(field.kind)) return false;
  const content = bodyContent(request);
  const { reading } = chosenReading(request);
  if (reading === undefined) return isArgument(collection) && ['text', 'json-lines', 'parts'].includes(content);
  if (content === 'none' || content === reading) return content === 'parts' && isArgument(collection);
  if (reading === 'form')
    return /^(?:REQUEST_BODY|UNKNOWN)$/.test(collection) || isArgument(collection) ? !hasFields(request) : false;
  return isArgument(collection);
}

function isArgument(collection: string): boolean {
  return /^ARGS(?:_POST)?(?:_NAMES)?$/.test(collection);
}

/** Begins as a form does, whatever the values are. */
function hasFields({ body }: RequestSpec): boolean {
  if (body.kind !== 'raw') return body.kind === 'form';
  return 'text' in body.content && /^[^\s=&]{1,200}=/.test(body.content.text);
}

function misreadForms(place: HitPlace, { allowUnread, others }: BodyFormSettings): readonly Form[] {
  const content = bodyContent(place.request);
  // Up to its first equals sign, which is the name of an argument, XML has the same text in each request: `<?xml version`.
  if (content === 'xml') return [...readingForms(content, place), ...others()];
  const what = contentTexts[content];
  const isSeen = content !== 'binary' && content !== 'compressed';
  const wholeRule: Form = {
    changes: [{ effect: 'remove-rule' }],
    scope: place.endpoint,
    isWholeRule: true,
    isWide: true,
    because: isSeen
      ? 'the body is no form, so that its names are its own text and others in each request'
      : `the body is ${what} and sent as a form: it is no longer looked at by the rule`,
    done: 'it is removed',
    ...(!isSeen && !allowUnread && { refusal: misreadText(what) }),
  };
  return [...readingForms(content, place), wholeRule];
}

function misreadText(what: string): string {
  return `this body is ${what} and sent as a form: the client is to send its own Content-Type, such as application/octet-stream; exempt the endpoint only if the application must take it so, with --allow-unread-bodies`;
}
