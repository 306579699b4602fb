import { describe, expect, test } from 'vitest';
import type { Exclusion, ExclusionChange, ExclusionScope } from '../../../../src/model/exclusion.js';
import type { Sent } from '../lab/server-fixture.js';
import { notes } from './scenario.js';
import { statuses } from './servers.js';
import { leaveOutSetting, settings } from './settings.js';

const headers = { 'Content-Type': 'application/json' };
const post = (path: string, body: string): Sent => ({ method: 'POST', path, headers, body });
const plain = (path: string, body: string): Sent => ({
  method: 'POST',
  path,
  headers: { 'Content-Type': 'text/plain' },
  body,
});
const plainAllowed = { name: 'allowed_request_content_type', value: '|text/plain|' };
const lines = '{"a":1}\n{"b":2}\n';
const many = `[${Array.from({ length: 1500 }, (_, i) => i).join(',')}]`;
const deep = (levels: number) => `${'['.repeat(levels)}1${']'.repeat(levels)}`;
const wide = JSON.stringify({ text: 'a b '.repeat(50_000) });

let count = 0;
const exclusion = (change: ExclusionChange, scope: ExclusionScope, ...ruleIds: readonly number[]): Exclusion => ({
  id: `e${count++}`,
  findings: [],
  ruleIds,
  scope,
  ...change,
});

/** Forms from narrow to wide, of which a dialect takes the first that it can be told. */
interface Cure {
  readonly forms: readonly Exclusion[];
  readonly passes: readonly Sent[];
  readonly stays: readonly Sent[];
  /** Coraza takes most of a minute for it. */
  readonly isLong?: true;
}

const at = (path: string) => ({ method: 'POST', path });
const raised = (path: string, change: ExclusionChange, ruleId: number) => [
  exclusion(change, { path }, ruleId),
  exclusion(change, {}, ruleId),
];

const cures: readonly Cure[] = [
  {
    forms: [exclusion({ effect: 'read-body-as', reading: 'form', insteadOf: 200001 }, at('/lines'), 200002)],
    passes: [post('/lines', lines.replaceAll('\n', ' '))],
    stays: [post('/elsewhere', lines), post('/lines', `${lines}{"c":"1' union select name from users-- -"}`)],
  },
  {
    forms: [exclusion({ effect: 'read-body-as', reading: 'xml', insteadOf: 200001 }, at('/xml'), 200002)],
    passes: [post('/xml', '<a><b>text</b></a>')],
    stays: [post('/elsewhere', '<a><b>text</b></a>'), post('/xml', '<a>union select name from users</a>')],
  },
  {
    forms: [exclusion({ effect: 'leave-body-unread' }, at('/unread'), 200002)],
    passes: [post('/unread', 'no JSON')],
    stays: [post('/elsewhere', 'no JSON')],
  },
  {
    forms: raised('/many', { effect: 'raise-limit', limit: 'arguments', value: 2000 }, 200007),
    passes: [post('/many', many)],
    stays: [post('/many', many.replaceAll(',', ',0,'))],
  },
  {
    forms: raised('/deep', { effect: 'raise-limit', limit: 'json-depth', value: 1024 }, 200002),
    passes: [post('/deep', deep(700))],
    stays: [post('/deep', deep(1400))],
    isLong: true,
  },
  {
    forms: raised('/wide', { effect: 'raise-limit', limit: 'body-without-files', value: 262_144 }, 200002),
    passes: [post('/wide', wide)],
    stays: [post('/wide', wide + wide)],
  },
  {
    forms: [exclusion({ effect: 'change-setting', setting: plainAllowed }, at('/plain'), 920_420)],
    passes: [plain('/plain', 'calm words')],
    stays: [plain('/elsewhere', 'calm words')],
  },
  {
    forms: [exclusion({ effect: 'read-body-as', reading: 'form', guards: true }, at('/plain'), 920_420)],
    passes: [],
    stays: [plain('/plain', "a=1' union select name from users-- -"), plain('/plain', '<script>alert(1)</script>')],
  },
  {
    forms: raised('/steps', { effect: 'raise-limit', limit: 'matching', value: 200_000 }, 942_360),
    passes: [],
    stays: [],
  },
];

describe.each(Object.entries(settings))('%s', (_name, { on, dialect, start }) => {
  test.skipIf(leaveOutSetting(on))('cures bodies at their endpoint, and leaves others as they are', async () => {
    const told = cures.flatMap(({ forms, passes, stays, isLong = false }) => {
      const form = forms.find((one) => dialect.obstacle(one) === undefined);
      if (form === undefined) return [];
      return isLong && on === 'caddy' ? [{ form, passes: [], stays: [] }] : [{ form, passes, stays }];
    });
    expect(told.length).toBeGreaterThanOrEqual(2);
    const { files } = dialect.write(
      told.map(({ form }) => form),
      notes,
    );
    const server = await start(Object.fromEntries(files.map(({ name, content }) => [name, content])));
    try {
      const passing = told.flatMap(({ passes }) => passes);
      expect(await statuses(server, passing)).toEqual(passing.map(() => 200));
      const staying = await statuses(
        server,
        told.flatMap(({ stays }) => stays),
      );
      expect(staying.filter((status) => status < 400)).toEqual([]);
    } finally {
      await server.close();
    }
  });
});
