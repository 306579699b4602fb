import type { Variable } from '../../../../src/model/evidence.js';
import type { Exclusion, ExclusionScope } from '../../../../src/model/exclusion.js';
import type { RuleDialect, RuleNotes } from '../../../../src/waf/modsecurity/dialects/rule-dialect.js';
import type { Removal } from '../../../exclude/exclusions.js';
import { formType, type Sent } from '../lab/server-fixture.js';

/** Where a request differs from one that an exclusion is for; an exclusion may be too wide to tell it apart. */
type Beside = 'path' | 'method' | 'field';

/** Requests that are blocked, what they need, from narrow to wide, and neighbours that are to stay blocked. */
export interface Need {
  readonly name: string;
  readonly forms: readonly Exclusion[];
  readonly passes: readonly Sent[];
  readonly stays: readonly (readonly [Beside, Sent])[];
}

/** Fires the rules below, of the Core Rule Set 3 and 4, at paranoia level 1. */
const sqli = 'union select name from users';
const quotedSqli = "1' union select name from users-- -";
const sqliRules = [942100, 942190, 942270, 942360];

/** What is tried for a variable: at method and path, at the path, everywhere, and the rules as a whole. */
function formsOf(
  variable: Variable,
  scope: Required<ExclusionScope>,
  more: Partial<Removal> = {},
): readonly Exclusion[] {
  const at = (id: string, place: ExclusionScope): Exclusion => ({
    id: `${scope.path} ${id}`,
    findings: [scope.path],
    effect: 'remove-target',
    ruleIds: sqliRules,
    variable,
    scope: place,
    ...more,
  });
  const wide = { widerBecause: 'the narrower ones cannot be written' };
  return [
    at('endpoint', scope),
    { ...at('path', { path: scope.path }), ...wide },
    { ...at('everywhere', {}), ...wide },
    {
      ...removal(scope, more.ruleIds ?? sqliRules),
      ...(more.detectionLoss && { detectionLoss: more.detectionLoss }),
      ...wide,
    },
  ];
}

function removal(scope: ExclusionScope, ruleIds: Exclusion['ruleIds']): Exclusion {
  return { id: `${scope.path} rule`, findings: [scope.path ?? ''], effect: 'remove-rule', ruleIds, scope };
}

function form(path: string, fields: Readonly<Record<string, string>>, method = 'POST'): Sent {
  return { method, path, body: new URLSearchParams(fields).toString(), headers: formType };
}

function json(path: string, value: unknown): Sent {
  return { method: 'POST', path, body: JSON.stringify(value), headers: { 'Content-Type': 'application/json' } };
}

function soap(path: string, query = ''): Sent {
  const text = query === '' ? sqli : 'fine';
  return {
    method: 'POST',
    path: `${path}${query}`,
    body: `<a><b>${text}</b></a>`,
    headers: { 'Content-Type': 'text/xml' },
  };
}

function upload(path: string, field: string, file: string): Sent {
  const body = `--B\r\nContent-Disposition: form-data; name="${field}"; filename="${file}"\r\nContent-Type: text/plain\r\n\r\nx\r\n--B--\r\n`;
  return { method: 'POST', path, body, headers: { 'Content-Type': 'multipart/form-data; boundary=B' } };
}

const post = (path: string) => ({ method: 'POST', path });

export const needs: readonly Need[] = [
  {
    name: 'a field of a form',
    forms: formsOf({ collection: 'ARGS', key: 'q' }, post('/api/comments'), {
      detectionLoss: {
        lost: 2,
        blockedBefore: 120,
        classes: [{ className: 'sqli', lost: 2, blockedBefore: 40, example: "1' or 1=1 --" }],
      },
    }),
    passes: [form('/api/comments', { q: sqli }), form('/api/comments?page=2', { q: sqli })],
    stays: [
      ['path', form('/api/comments/2', { q: sqli })],
      ['path', form('/api', { q: sqli })],
      ['method', form('/api/comments', { q: sqli }, 'OPTIONS')],
      ['field', form('/api/comments', { q2: sqli })],
    ],
  },
  {
    name: 'the elements of an array',
    forms: formsOf({ collection: 'ARGS', key: 'json.items.array_*.note' }, post('/api/orders'), {
      json: true,
      elements: 2,
    }),
    passes: [json('/api/orders', { items: [{ note: sqli }, { note: sqli }] })],
    stays: [
      ['path', json('/api/orders/2', { items: [{ note: sqli }] })],
      ['field', json('/api/orders', { items: [{ other: sqli }] })],
      ['field', json('/api/orders', { items: [], note: sqli })],
    ],
  },
  {
    name: 'a name with a blank',
    forms: formsOf({ collection: 'ARGS', key: 'user[pass word]' }, post('/profile')),
    passes: [form('/profile', { 'user[pass word]': sqli })],
    stays: [
      ['path', form('/profile/x', { 'user[pass word]': sqli })],
      ['method', form('/profile', { 'user[pass word]': sqli }, 'OPTIONS')],
      ['field', form('/profile', { 'user[pass  word]': sqli })],
    ],
  },
  {
    name: 'a name that is not ASCII',
    forms: formsOf({ collection: 'ARGS', key: 'größe' }, post('/shop')),
    passes: [form('/shop', { größe: sqli })],
    stays: [
      ['path', form('/', { größe: sqli })],
      ['field', form('/shop', { grösse: sqli })],
    ],
  },
  {
    name: 'a cookie',
    forms: formsOf({ collection: 'REQUEST_COOKIES', key: 'prefs' }, { method: 'GET', path: '/account' }),
    passes: [{ path: '/account', headers: { Cookie: `prefs=${sqli}` } }],
    stays: [
      ['path', { path: '/accounts', headers: { Cookie: `prefs=${sqli}` } }],
      ['field', { path: '/account', headers: { Cookie: `prefs2=${sqli}` } }],
      ['method', { method: 'POST', path: '/account', headers: { Cookie: `prefs=${sqli}` } }],
    ],
  },
  {
    name: 'a header, in the case of HTTP/2 too',
    forms: formsOf({ collection: 'REQUEST_HEADERS', key: 'Referer' }, { method: 'GET', path: '/landing' }),
    passes: [
      { path: '/landing', headers: { Referer: quotedSqli } },
      { path: '/landing', headers: { referer: quotedSqli } },
    ],
    stays: [
      ['path', { path: '/landing/x', headers: { Referer: quotedSqli } }],
      ['field', { path: '/landing', headers: { Cookie: `q=${sqli}` } }],
    ],
  },
  {
    name: 'paths of a template',
    forms: formsOf({ collection: 'ARGS', key: 'text' }, post('/tickets/{number}/notes.json')),
    passes: [form('/tickets/7/notes.json', { text: sqli }), form('/tickets/12345/notes.json', { text: sqli })],
    stays: [
      ['path', form('/tickets/7/notesxjson', { text: sqli })],
      ['path', form('/tickets/7a/notes.json', { text: sqli })],
      ['path', form('/x/tickets/7/notes.json', { text: sqli })],
      ['method', form('/tickets/7/notes.json', { text: sqli }, 'OPTIONS')],
    ],
  },
  {
    name: 'the text of a document',
    forms: formsOf({ collection: 'XML', key: '/*' }, post('/soap')),
    passes: [soap('/soap')],
    stays: [
      ['path', soap('/soap/2')],
      ['field', soap('/soap', `?q=${encodeURIComponent(sqli)}`)],
    ],
  },
  {
    name: 'a path with blanks and letters that are not ASCII',
    forms: formsOf({ collection: 'ARGS', key: 'q' }, post('/caf%C3%A9/the%20menu')),
    passes: [form('/caf%C3%A9/the%20menu', { q: sqli })],
    stays: [
      ['path', form('/caf%C3%A9/the%20menus', { q: sqli })],
      ['path', form('/caf%C3%A8/the%20menu', { q: sqli })],
    ],
  },
  {
    name: 'a file',
    forms: formsOf({ collection: 'FILES', key: 'photo[]' }, post('/upload'), { ruleIds: [933110] }),
    passes: [upload('/upload', 'photo[]', 'x.php')],
    stays: [
      ['path', upload('/upload/x', 'photo[]', 'x.php')],
      ['field', upload('/upload', 'photo', 'x.php')],
    ],
  },
  {
    name: 'a rule at an endpoint',
    forms: [removal({ method: 'POST', path: '/raw' }, sqliRules)],
    passes: [form('/raw', { q: sqli }), form('/raw', { other: sqli })],
    stays: [
      ['path', form('/raw/x', { q: sqli })],
      ['method', form('/raw', { q: sqli }, 'OPTIONS')],
    ],
  },
  {
    name: 'a method that is not allowed',
    forms: [
      {
        ...removal({ method: 'PUT', path: '/api/items' }, [911100]),
        id: '/api/items setting',
        effect: 'change-setting',
        setting: { name: 'allowed_methods', value: 'GET HEAD POST OPTIONS PUT' },
      },
      removal({ method: 'PUT', path: '/api/items' }, [911100]),
    ],
    passes: [form('/api/items', { a: 'b' }, 'PUT')],
    stays: [
      ['path', form('/api/items/2', { a: 'b' }, 'PUT')],
      ['method', form('/api/items', { a: 'b' }, 'PATCH')],
    ],
  },
];

/** The narrowest form of a need that a dialect can write. */
export function narrowest(dialect: RuleDialect, { name, forms }: Need): Exclusion {
  const found = forms.find((one) => dialect.obstacle(one) === undefined);
  if (found === undefined) throw new Error(`${dialect.name} cannot write ${name}`);
  return found;
}

/** Neighbours that the exclusion does not reach. */
export function neighbours(dialect: RuleDialect, need: Need): readonly Sent[] {
  const { scope, effect } = narrowest(dialect, need);
  const isTold = {
    path: scope.path !== undefined,
    method: scope.method !== undefined,
    field: effect === 'remove-target',
  };
  return need.stays.filter(([beside]) => isTold[beside]).map(([, sent]) => sent);
}

export const notes: RuleNotes = {
  firstId: 10_000,
  engine: 'ModSecurity 3.0.9',
  verification: {
    engine: 'ModSecurity 3.0.9',
    cleared: ['comments/sql-question', 'profile/form', 'raw/import', 'raw/export', 'raw/query'],
    stillBlocked: [],
    newlyBlocked: [],
    tooBroad: [],
    attacksLost: ["sqli: 1' or 1=1 --", 'sqli: union select 1,2,3'],
    noEffect: [],
    notReproduced: [],
  },
  reasons: new Map([
    ['/api/comments', ['comments/sql-question (Support staff paste SQL all day)']],
    ['/profile', ['profile/form (An old form has a blank in the name of a field)']],
    ['/raw', ['raw/import', 'raw/export', 'raw/query', 'raw/query-with-joins']],
  ]),
};

/** Text of each file that a dialect writes for the needs, by name. */
export function filesOf(dialect: RuleDialect, of: readonly Need[] = needs): Readonly<Record<string, string>> {
  const written = dialect.write(
    of.map((need) => narrowest(dialect, need)),
    notes,
  );
  return Object.fromEntries(written.files.map(({ name, content }) => [name, content]));
}
