import { z } from 'zod';
import { parseSelector } from '../util/css-selector.js';
import { parseJsonPath } from '../util/json-path.js';
import { TaggedNode } from '../yaml/plain-value.js';

const text = z.string().min(1);
const status = z.number().int().min(100).max(599);

const tagged = z
  .instanceof(TaggedNode)
  .refine(({ node }) => ['env', 'session'].includes(node.tag ?? '') && node.kind === 'scalar' && node.text !== '', {
    error: 'a tag here is !env with the name of an environment variable, or !session with that of a value',
  });

const part = z.union([z.string(), z.number(), z.boolean(), tagged], {
  error: 'a value is a text, !env NAME or !session NAME',
});

/** A text, a tag, or a list of both. */
const sessionText = z.union([part, z.array(part).min(1)], {
  error: 'a value is a text, !env NAME, !session NAME, or a list of them, which a space joins',
});

const sessionPairs = z.record(z.string(), sessionText);

const selector = text.refine((given) => parseSelector(given) !== undefined, {
  error: 'a selector is one of CSS without pseudo-classes, such as form#login or form[name="login"]',
});
const jsonPath = text.refine((given) => parseJsonPath(given) !== undefined, {
  error: 'a place in JSON is a path such as data.items[0].token',
});

const origin = text.refine((given) => URL.canParse(given) && new URL(given).origin === given.replace(/\/$/, ''), {
  error: 'an origin is a scheme, a host and perhaps a port, such as https://id.example.com',
});

function isRegex(given: string): boolean {
  try {
    return new RegExp(given, 'su') instanceof RegExp;
  } catch {
    return false;
  }
}

const expectSchema = z.strictObject({
  status: z
    .union([status, z.array(status).min(1)], { error: 'a status is a number from 100 to 599, or a list of them' })
    .optional()
    .describe('The status of the answer, or of where its redirects lead; a list: any of them. Default: below 400'),
  cookie: text
    .optional()
    .describe('A cookie that is there afterwards; a * in its name stands for any text, as in wordpress_logged_in_*'),
  text: text.optional().describe('A text in the answer, or in where its redirects lead'),
});

/** What each kind of step takes beside `expect` and `headers`. */
const keysOfStep = { get: [], post: ['method', 'form', 'json'], submit: ['fill'] } as const;

const stepSchema = z
  .strictObject({
    get: text.optional().describe('Fetches a page and what it redirects to: a path below the URL, or a whole URL'),
    post: text.optional().describe('Sends `form` or `json` there: a path below the URL, or a whole URL'),
    submit: selector
      .optional()
      .describe('Submits the form of the page that is open that this CSS selector means, with all its fields'),
    fill: sessionPairs.optional().describe('For `submit`: fields that get other values than the page gives them'),
    form: sessionPairs.optional().describe('For `post`: a form, names and values'),
    json: z.unknown().optional().describe('For `post`: a JSON document; tags may stand at any depth'),
    method: text.optional().describe('For `post`: another method. Default: POST'),
    headers: sessionPairs.optional().describe('Headers of the step, names and values'),
    expect: expectSchema.optional().describe('What must come; else the session is not open'),
  })
  .superRefine((given, context) => {
    const kinds = (['get', 'post', 'submit'] as const).filter((kind) => given[kind] !== undefined);
    const [kind] = kinds;
    if (kind === undefined || kinds.length > 1) {
      context.addIssue({ code: 'custom', message: 'a step has one of "get", "post" and "submit"' });
      return;
    }
    const own: readonly string[] = keysOfStep[kind];
    const others = Object.values(keysOfStep).flat();
    for (const key of others.filter((other) => given[other] !== undefined && !own.includes(other)))
      context.addIssue({ code: 'custom', path: [key], message: `"${key}" does not belong to "${kind}"` });
    if (given.form !== undefined && given.json !== undefined)
      context.addIssue({ code: 'custom', path: ['json'], message: 'a step has either "form" or "json"' });
  });

const places = ['cookie', 'header', 'input', 'meta', 'json', 'regex', 'body'] as const;

const valueSchema = z
  .strictObject({
    cookie: text.optional().describe('The name of a cookie; percent-encoding is undone'),
    header: text.optional().describe('The name of a header of an answer'),
    input: text.optional().describe('The name of an input of a form, or of a meta'),
    meta: text.optional().describe('The name of a meta in the page'),
    json: jsonPath.optional().describe('A place in a JSON answer: data.items[0].token'),
    regex: text
      .refine(isRegex, { error: 'this is no regular expression of JavaScript' })
      .optional()
      .describe('A regular expression over the body: its first group, or all that it matches'),
    body: z.literal(true).optional().describe('true: the whole body'),
    form: selector.optional().describe('For `input`: a CSS selector of the form that it is in'),
    page: text.optional().describe('A page that is fetched for the value. Default: the newest answer that has it'),
    fresh: z.literal('case').optional().describe('case: it is fetched anew from `page` before each case that uses it'),
    expires: z
      .union([z.number().positive(), jsonPath])
      .optional()
      .describe('How long it lasts: seconds, or where in the JSON answer they are. Renewed at 80 % of that'),
  })
  .superRefine((given, context) => {
    if (places.filter((key) => given[key] !== undefined).length !== 1)
      context.addIssue({ code: 'custom', message: `a value has one of ${places.join(', ')}` });
    if (given.form !== undefined && given.input === undefined)
      context.addIssue({ code: 'custom', path: ['form'], message: '"form" belongs to "input"' });
    if (given.fresh !== undefined && given.page === undefined)
      context.addIssue({ code: 'custom', path: ['fresh'], message: '"fresh: case" needs the "page" that is fetched' });
  });

const lostSchema = z
  .strictObject({
    redirect: text.optional().describe('A path that answers redirect to, such as that of the login page'),
    status: z
      .union([status, z.array(status).min(1)], { error: 'a status is a number from 100 to 599, or a list of them' })
      .optional()
      .describe('A status, or any of several'),
    text: z
      .union([text, z.array(text).min(1)], { error: 'a text, or a list of them' })
      .optional()
      .describe('A text in the answer, or any of several'),
  })
  .refine((given) => Object.values(given).some((sign) => sign !== undefined), {
    error: '"lost" has at least one of redirect, status and text',
  });

const browserSchema = z
  .strictObject({
    storage: text
      .optional()
      .describe('A file with the state that Playwright has saved (`storageState`), with which the browser begins'),
    login: text
      .optional()
      .describe('A script, JavaScript or TypeScript, whose default function logs in: it gets a page of Playwright'),
    page: text.optional().describe('The page on which `values` are looked for. Default: the one that is open then'),
    values: z
      .record(z.string(), text)
      .default({})
      .describe('What cases get by `!session NAME`: names, and the expressions of JavaScript that come to them there'),
  })
  .describe('A browser opens the session; cases are sent with its cookies. Needs playwright-core and a Chromium');

/** How a session is opened, and what cases get of it. */
export const sessionSchema = z
  .strictObject({
    browser: browserSchema.optional(),
    steps: z.array(stepSchema).min(1).optional().describe('What is done to open it, one after the other'),
    values: z
      .record(z.string(), valueSchema)
      .default({})
      .describe('What cases get by `!session NAME`: names, and where in the answers each value is'),
    headers: sessionPairs
      .optional()
      .describe(
        'What each case is sent with; a list is joined by spaces. With `path` or `form`: headers of that request',
      ),
    lost: lostSchema
      .optional()
      .describe(
        'How it shows that the session is lost: it is opened again, once, and the case is sent again, once. Default: a redirect to the page of a form that was submitted, and 401. A cookie that a step expects and that is gone shows it, too',
      ),
    origins: z
      .array(origin)
      .min(1)
      .optional()
      .describe(
        'Other origins that may get what the session is opened with, such as https://id.example.com: where a form of a page is sent there, or a redirect of a POST leads there. The target, and what steps name by a whole URL, may anyway',
      ),
    users: z.number().int().min(1).max(256).optional().describe('So many sessions side by side. Default: 1'),
    method: text
      .optional()
      .describe('Without `steps`: method of the one request that opens it. Default: POST with a form, GET without'),
    path: text.optional().describe('Without `steps`: its path. Default: /'),
    form: sessionPairs.optional().describe('Without `steps`: its form, names and values'),
  })
  .superRefine((given, context) => {
    for (const key of ['method', 'path', 'form'] as const)
      if (given.steps !== undefined && given[key] !== undefined)
        context.addIssue({ code: 'custom', path: [key], message: `"${key}" and "steps" exclude each other` });
    if (given.browser !== undefined) forBrowser(given, context);
  });

/** What a browser cannot do. */
function forBrowser(given: object, context: z.RefinementCtx): void {
  const { steps = [] } = given as { readonly steps?: readonly StepShape[] };
  for (const key of ['method', 'path', 'form'].filter((name) => name in given))
    context.addIssue({ code: 'custom', path: [key], message: `"${key}" and "browser" exclude each other` });
  for (const [index, { post }] of steps.entries()) {
    const message = 'a browser takes "get" and "submit", as its user does';
    if (post !== undefined) context.addIssue({ code: 'custom', path: ['steps', index, 'post'], message });
  }
}

export type SessionShape = z.output<typeof sessionSchema>;
export type StepShape = z.output<typeof stepSchema>;
export type SessionTextShape = z.output<typeof sessionText>;
