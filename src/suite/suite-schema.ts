import { z } from 'zod';
import { verdictKinds } from '../model/case.js';
import { isTemplate } from '../model/path-template.js';
import { parseSelector } from '../util/css-selector.js';
import { TaggedNode } from '../yaml/plain-value.js';

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const printable = /^[ -~\u00a0-\uffff]*$/;
const caseId = /^[!"$-~\u00a0-\uffff]+(?: [!"$-~\u00a0-\uffff]+)*$/;

/** `!each { from, take, seed }`: a sample of a corpus. */
export const sampleSchema = z
  .strictObject({
    from: z.string().min(1).describe('The corpus: wafproof:NAME, a file, a folder or a glob'),
    take: z.int().min(1).exactOptional().describe('How many values to take; all if absent'),
    seed: z
      .int()
      .min(0)
      .exactOptional()
      .describe('Another seed takes other values; the same seed always the same ones'),
  })
  .describe('A sample of a corpus, after !each');

/** A tag may stand here. Editors see the value after the tag: a text, or the mapping of `!each`. */
const tagged = z
  .instanceof(TaggedNode)
  .meta({ id: 'tag', description: 'A tag: !each, !file, !base64, !env, !session or !random' });

const value = z
  .union([z.string(), z.number(), z.boolean(), z.null(), tagged], {
    error: 'a value is a text, a number, true, false, null or a tag such as !each',
  })
  .meta({
    id: 'value',
    description:
      'Sent exactly as written. Values from elsewhere come by tags: !each, !file, !base64, !env, !session, and ' +
      '!random (uuid, base64, hex or token, with a number of characters: "!random hex 32")',
  });

const text = z
  .union([z.string(), z.number(), z.boolean(), tagged], {
    error: 'a text belongs here, or a tag such as !file; a form or JSON has its own key: "form", "json"',
  })
  .meta({ id: 'text', description: 'Sent exactly as written, or the value of a tag' });

function pairs(name: z.ZodString, id: string, description: string) {
  return z
    .union([z.record(name, value), z.array(z.tuple([name, value]))], {
      error: 'pairs are a mapping of names to values, or a list of [name, value] pairs',
    })
    .meta({ id, description });
}

const names = pairs(
  z.string(),
  'pairs',
  'Names and values, in this order; a list of [name, value] pairs where names repeat',
);

const headers = pairs(
  z.string().regex(token, { error: "a header name has letters, digits and -_.!#$%&'*+^`|~ only" }),
  'headers',
  'Header names and values, in this order; null: the header is not sent',
);

/** A part of a multipart body. */
export const partSchema = z
  .strictObject({
    name: z.string().describe('The name of the field'),
    filename: z
      .union([z.string(), tagged], { error: 'a file name is a text or a tag such as !each' })
      .exactOptional()
      .describe('Makes the part an upload; default: the name of "file"'),
    type: z
      .string()
      .regex(printable, { error: 'a media type is printable text' })
      .exactOptional()
      .describe('The media type of the part'),
    value: value.exactOptional(),
    file: z.string().min(1).exactOptional().describe('A file whose bytes are the part; relative to the suite file'),
  })
  .superRefine((given, context) => {
    if ('value' in given === 'file' in given)
      context.addIssue({ code: 'custom', message: 'a part has either "value" or "file"' });
  })
  .meta({ id: 'part', description: 'One part of a multipart/form-data body' });

/** The keys of which a request has one at most. */
const bodyKeys = ['form', 'json', 'multipart', 'body'] as const;

const requestShape = {
  method: z
    .string()
    .regex(token, { error: 'a method is one word, such as GET or POST' })
    .exactOptional()
    .describe('Default: POST with a body, GET without'),
  path: z
    .string()
    .regex(/^\//, { error: 'a path begins with "/"; the host is the target\'s' })
    .exactOptional()
    .describe('Path of the request, as it is sent; may carry a query string. Default: /'),
  query: names.exactOptional(),
  headers: headers.exactOptional(),
  cookies: names.exactOptional(),
  form: names.exactOptional().describe('An application/x-www-form-urlencoded body'),
  json: z.unknown().exactOptional().describe('An application/json body; tags may stand at any depth'),
  multipart: z.array(partSchema).exactOptional().describe('A multipart/form-data body'),
  body: text.exactOptional().describe('A body as it is, text/plain unless headers say otherwise'),
};

/** What is expected of a case. */
export const expectSchema = z
  .strictObject({
    status: z
      .int()
      .min(100)
      .max(599)
      .exactOptional()
      .describe(
        'The HTTP status of the application; its own 403 is then as expected, and one by the WAF is not. `check` has none',
      ),
    verdict: z
      .enum(verdictKinds)
      .exactOptional()
      .describe('The verdict that counts as right, instead of the one that the intent says'),
  })
  .describe('What is expected beyond the intent');

/** Who sends a case. */
const clientSchema = z
  .strictObject({
    ip: z
      .union([z.ipv4(), z.ipv6()], { error: 'an address is one of IPv4 or IPv6, such as 192.0.2.10' })
      .exactOptional()
      .describe('The address that the connection comes from'),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, { error: 'a country is its two capital letters of ISO 3166-1, such as DE' })
      .exactOptional()
      .describe('The country of the address, two capital letters'),
    asn: z.int().min(0).max(4_294_967_295).exactOptional().describe('The number of its autonomous system; 0: none'),
  })
  .describe(
    'Who sends the request, for `check --acl`: without it, rules on addresses, countries and networks are undecided',
  );

/** The form that a case submits. */
export const formSourceSchema = z
  .strictObject({
    page: z
      .string()
      .regex(/^\//, { error: 'a page is a path that begins with "/"; the host is the target\'s' })
      .describe('The page that is fetched before the case is sent'),
    form: z
      .string()
      .refine((given) => parseSelector(given) !== undefined, {
        error: 'a form is named by a CSS selector without pseudo-classes, such as #comment-form',
      })
      .exactOptional()
      .describe('A CSS selector of the form. Default: the first one of the page that posts'),
    without: z.array(z.string()).exactOptional().describe('Names of fields that are not sent'),
    action: z
      .string()
      .regex(/^\//, { error: 'an action is a path that begins with "/"' })
      .exactOptional()
      .describe(
        "The path that `check` and `list` take, which fetch no page; `run` goes by the page. With `browser` it is the path of the request that is the form's own. Default: `page`",
      ),
  })
  .meta({
    id: 'from',
    description:
      'A form of a page: action, method, encoding and all its fields are taken from there, and "form" or "multipart" of the case overrides fields by name. `check` does not fetch it',
  });

const annotationShape = {
  from: formSourceSchema.exactOptional(),
  browser: z
    .literal(true, { error: '"browser" is true or absent' })
    .exactOptional()
    .describe(
      'true: `run` enters the case into the form of `from` in a browser, whose page makes the request: for tokens that scripts make. `check` evaluates what the case itself fills in',
    ),
  because: z
    .string()
    .exactOptional()
    .describe('Why such a request is made: what a reviewer of an exclusion wants to know'),
  tags: z.array(z.string().min(1)).exactOptional().describe('Words to select cases by, with --tag'),
  expect: expectSchema.exactOptional(),
  client: clientSchema.exactOptional(),
};

const intent = z
  .enum(['legitimate', 'attack'])
  .exactOptional()
  .describe('legitimate (default): must pass. attack: must be blocked');

function oneBody(given: object, context: z.RefinementCtx): void {
  const [first, ...others] = bodyKeys.filter((key) => key in given);
  for (const key of others)
    context.addIssue({ code: 'custom', path: [key], message: `a request has one body: "${first}" is here already` });
}

/** What a page decides when it makes the request. */
function ofPage(given: object, context: z.RefinementCtx): void {
  if (!('browser' in given)) return;
  for (const key of ['method', 'query', 'cookies'] as const)
    if (key in given)
      context.addIssue({
        code: 'custom',
        path: [key],
        message: `"${key}" and "browser" exclude each other: the page makes the request`,
      });
}

/** Fields of a form have names: other bodies cannot override them, and the page says where it is sent. */
function formFields(given: object, context: z.RefinementCtx): void {
  if (!('from' in given)) return;
  for (const key of ['json', 'body', 'path'] as const)
    if (key in given)
      context.addIssue({
        code: 'custom',
        path: [key],
        message: `"${key}" and "from" exclude each other: the page tells where the form is sent, and "form" overrides its fields`,
      });
}

/** What is merged into every case. */
export const defaultsSchema = z
  .strictObject({ ...requestShape, ...annotationShape, intent })
  .superRefine(oneBody)
  .meta({ id: 'defaults', description: 'Merged into every case; what a case says itself wins' });

/** One case. */
export const caseSchema = z
  .strictObject({
    id: z
      .string()
      .max(200)
      .regex(caseId, { error: 'an id is printable text without "#", such as sql-question' })
      .describe('Unique in the file'),
    title: z.string().exactOptional().describe('What the request is, in a sentence'),
    intent,
    endpoint: z
      .string()
      .regex(/^\//, { error: 'an endpoint is a path that begins with "/"' })
      .refine(isTemplate, { error: 'an endpoint has a placeholder in it, such as /orders/{number} or /posts/{name}' })
      .exactOptional()
      .describe(
        'The endpoint that the path is one of, with placeholders for ids that the path alone does not show to be ids, such as /posts/{name}',
      ),
    ...annotationShape,
    skip: z.string().min(1).exactOptional().describe('The reason why the case is left out'),
    only: z.boolean().exactOptional().describe('Runs this case alone; for local use, an error in CI'),
    ...requestShape,
  })
  .superRefine(oneBody)
  .superRefine(formFields)
  .superRefine(ofPage)
  .meta({ id: 'case', description: 'One request with an intent' });

/** The keys of a suite file that are not requests. */
export const suiteHeadSchema = z.strictObject({
  suite: z.string().min(1).describe('The title of the suite'),
  intent,
  defaults: z.unknown().exactOptional(),
  cases: z.array(z.unknown()).min(1),
});

/** A whole suite file. */
export const suiteSchema = suiteHeadSchema.extend({
  defaults: defaultsSchema.exactOptional(),
  cases: z.array(caseSchema).min(1).describe('The requests'),
});

/** What a case says, once checked. */
export type CaseShape = z.output<typeof caseSchema>;
/** What the defaults say, once checked. */
export type DefaultsShape = z.output<typeof defaultsSchema>;
