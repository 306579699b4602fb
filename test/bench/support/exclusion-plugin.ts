/** Exclusions as plugins for large applications have them, and requests to such an application. */
export interface ExclusionPlugin {
  readonly text: string;
  /** How many exclusions are in it. */
  readonly count: number;
  readonly suite: string;
}

const apps = [
  'files',
  'notes',
  'deck',
  'mail',
  'talk',
  'forms',
  'polls',
  'tasks',
  'news',
  'music',
  'photos',
  'maps',
  'cospend',
  'bookmarks',
  'contacts',
  'calendar',
  'text',
  'circles',
  'activity',
  'passwords',
  'tables',
  'collectives',
  'cookbook',
];
const actions = ['save', 'list', 'push', 'sync', 'close', 'share'];
const fields = ['title', 'content', 'query', 'token', 'json.name', 'json.body', 'json.items.array_0', 'description'];
const rules = [
  920230, 920273, 921110, 932100, 932150, 932236, 932250, 941100, 941110, 941120, 941160, 941320, 942100, 942190,
  942200, 942210, 942340, 942370, 942430, 942432, 942440, 942450,
];

/** Where a rule of the plugin acts; most of such conditions are open at one end. */
const conditions: readonly ((app: string, action: string) => string)[] = [
  (app, action) => `@rx /apps/${app}/(?:public/)?(?:[0-9]+/)?${action}$`,
  (app, action) => `@endsWith /apps/${app}/${action}`,
  (app, action) => `@contains /apps/${app}/${action}`,
  (app, action) => `@streq /index.php/apps/${app}/${action}`,
  (app, action) => `@beginsWith /index.php/apps/${app}/${action}`,
];

/** @param count how many exclusions */
export function exclusionPlugin(count: number, cases: number): ExclusionPlugin {
  const places = actions.flatMap((action) => apps.map((app) => ({ app, action })));
  const texts: string[] = [];
  let made = 0;
  for (let turn = 0; made < count; turn++) {
    const { app, action } = places[turn % places.length] ?? { app: '', action: '' };
    const size = Math.min(count - made, 4 + (turn % 5));
    const controls = Array.from({ length: size }, (_, i) => controlOf(turn, i));
    texts.push(ruleOf(turn, (conditions[turn % conditions.length] ?? String)(app, action), controls));
    made += size;
  }
  const requests = Array.from({ length: cases }, (_, i) =>
    caseOf(i, places[i % places.length] ?? { app: '', action: '' }),
  );
  return { text: texts.join('\n'), count: made, suite: `suite: Application\ncases:\n${requests.join('')}` };
}

/** The first exclusion at a place is for the field that the case there has. */
function controlOf(turn: number, index: number): string {
  if (index === 0)
    return `ctl:ruleRemoveTargetByTag=${turn % 4 === 0 ? 'attack-sqli' : 'OWASP_CRS'};ARGS:${fieldAt(turn)}`;
  const rule = rules[(turn * 3 + index * 5) % rules.length];
  const field = fields[(turn + index) % fields.length];
  if (index === 3 && turn % 7 === 0) return `ctl:ruleRemoveById=${rule}`;
  if (index === 2 && turn % 11 === 0) return `ctl:ruleRemoveTargetByTag=attack-xss;ARGS:${field}`;
  if (index === 1 && turn % 5 === 0) return `ctl:ruleRemoveTargetById=${rule};REQUEST_BODY`;
  return `ctl:ruleRemoveTargetById=${rule};ARGS:${field}`;
}

function fieldAt(index: number): string {
  return fields[(index + Math.floor(index / fields.length)) % fields.length] ?? '';
}

function ruleOf(turn: number, condition: string, controls: readonly string[]): string {
  const head = `SecRule REQUEST_FILENAME "${condition}" "id:${9_600_000 + turn},phase:2,pass,t:none,nolog`;
  const list = controls.join(',\\\n    ');
  if (turn % 3 !== 0) return `${head},\\\n    ${list}"\n`;
  return `${head},chain"\n  SecRule REQUEST_METHOD "@streq POST" "t:none,\\\n    ${list}"\n`;
}

const values = [
  `1' or '1'='1`,
  '<script>alert(1)</script>',
  'a plain sentence',
  'select name from users where 1=1',
  'x; cat /etc/passwd',
];

function caseOf(index: number, { app, action }: { readonly app: string; readonly action: string }): string {
  const field = fieldAt(index);
  const value = JSON.stringify(values[index % values.length]);
  const body = field.startsWith('json.') ? `json: ${jsonWith(field, value)}` : `form: { ${field}: ${value} }`;
  return `  - { id: c${index}, method: POST, path: /index.php/apps/${app}/${action}, ${body} }\n`;
}

function jsonWith(field: string, value: string): string {
  return field.endsWith('.array_0') ? `{ items: [${value}] }` : `{ ${field.slice('json.'.length)}: ${value} }`;
}
