import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Exclusion } from '../../src/model/exclusion.js';
import type { TuneSettings } from '../../src/model/tune-options.js';
import { inWords } from '../exclude/exclusions.js';
import { leaveOut } from '../waf/modsecurity/lab/server-fixture.js';
import { tuneGround } from './tune-ground.js';

const json = '{ Content-Type: application/json }';
const form = '{ Content-Type: application/x-www-form-urlencoded }';
const deep = `${'['.repeat(700)}1${']'.repeat(700)}`;
const many = `[${Array.from({ length: 1500 }, (_, i) => i).join(',')}]`;
const zipped = gzipSync('{"a":"b"}').toString('base64');
const binary = Buffer.from(Array.from({ length: 90 }, (_, i) => [0, 13, 200 + i, 128][i % 4] ?? 0)).toString('base64');
const plain = '{ Content-Type: text/plain }';
const oddBoundary = '{ Content-Type: "multipart/form-data; boundary=\\"----b\\"" }';
const parts = '"\\r\\n------b\\r\\nContent-Disposition: form-data; name=\\"a\\"\\r\\n\\r\\nhello\\r\\n------b--\\r\\n"';

/** Bodies that no engine reads as they are sent: one for each cure. */
const bodies: Readonly<Record<string, readonly [headers: string, body: string]>> = {
  lines: [json, '"{\\"a\\":1}\\n{\\"b\\":\\"two\\"}\\n"'],
  'xml-as-json': [json, '"<note><to>you</to></note>"'],
  'form-as-json': [json, '"a=1&b=two"'],
  parts: [oddBoundary, parts],
  deep: [json, `"${deep}"`],
  many: [json, `"${many}"`],
  zipped: [`{ Content-Type: application/json, Content-Encoding: gzip }`, `!base64 "${zipped}"`],
  binary: [form, `!base64 "${binary}"`],
  plain: [plain, '"just some words"'],
  'plain-json': [plain, '"{\\"a\\":\\"b\\"}"'],
  'plain-binary': ['{ Content-Type: application/cbor }', `!base64 "${binary}"`],
  'plain-select': [plain, '"1 union select password from users"'],
  certificate: [form, '"-----BEGIN CERTIFICATE-----\\nMIIB+abc/def\\n-----END CERTIFICATE-----\\n"'],
};

function suiteOf(names: readonly string[]): string {
  const cases = names.map((name) => {
    const [headers, body] = bodies[name] ?? ['{}', '""'];
    return `  - { id: ${name}, method: POST, path: /${name}, headers: ${headers}, body: ${body} }`;
  });
  return `suite: S\ncases:\n${cases.join('\n')}\n`;
}

async function tuned(names: readonly string[], settings: Partial<TuneSettings> = {}) {
  const ground = tuneGround(1);
  const checked = await ground.check(suiteOf(names));
  expect(checked.results.map(({ verdict }) => verdict.kind)).toEqual(names.map(() => 'false-positive'));
  const { report, files } = await ground.tune(checked, settings);
  const written = (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n');
  return { ...report, exclusions: report.exclusions ?? [], written };
}

const words = (exclusions: readonly Exclusion[]) => exclusions.map(inWords).sort();

describe('a body that could not be read', () => {
  it('is read as what it is', async () => {
    const { exclusions, verification, written } = await tuned(['lines', 'xml-as-json', 'form-as-json', 'parts']);
    expect(words(exclusions.filter(({ effect }) => effect === 'read-body-as'))).toEqual([
      '200002 with the body as form at POST /form-as-json',
      '200002 with the body as form at POST /lines',
      '200002 with the body as xml at POST /xml-as-json',
      '200003 with the body as form at POST /parts',
    ]);
    expect(verification).toMatchObject({ stillBlocked: [], newlyBlocked: [], tooBroad: [], noEffect: [] });
    expect(written).not.toMatch(/ruleRemove(?:Target)?ById=20000[2347]/);
  });

  it('and whose attacks are found then has a price that was measured', async () => {
    const { exclusions } = await tuned(['lines']);
    const [reading] = exclusions.filter(({ effect }) => effect === 'read-body-as');
    expect(reading?.detectionLoss?.blockedBefore).toBe(4);
    expect(reading?.detectionLoss?.lost).toBeLessThan(2);
  });

  it('for a limit has the limit raised, once for all', async () => {
    const { exclusions, verification, written } = await tuned(['deep', 'many']);
    expect(words(exclusions)).toEqual([
      '200002 with json-depth of 1024 everywhere',
      '200007 with arguments of 2000 everywhere',
    ]);
    expect(verification).toMatchObject({ stillBlocked: [], newlyBlocked: [], noEffect: [] });
    expect(written).toContain('SecRequestBodyJsonDepthLimit 1024');
    expect(written).toMatch(/SecArgumentsLimit 2000\nSecRuleRemoveById 200007\nSecRule &ARGS "@ge 2000"/);
  });

  it('is named where it cannot be inspected, and stays blocked', async () => {
    const { exclusions, verification } = await tuned(['zipped', 'binary']);
    expect(exclusions).toEqual([]);
    expect(verification?.stillBlocked).toEqual(['s/binary', 's/zipped']);
    const reasons = verification?.uncleared?.map(({ subject, reason }) => `${subject}: ${reason}`) ?? [];
    expect(reasons).toContainEqual(expect.stringMatching(/^s\/zipped: this body cannot be inspected \(compressed/));
    expect(reasons).toContainEqual(
      expect.stringMatching(/^s\/binary: this body is binary and sent as a form: .*octet/),
    );
  });

  it('is let through unread where the user says so, at the price of all attacks in such bodies', async () => {
    const { exclusions, verification, written } = await tuned(['zipped', 'binary'], { allowUnreadBodies: true });
    expect(verification?.stillBlocked).toEqual([]);
    expect(verification?.uncleared).toBeUndefined();
    const [unread] = exclusions.filter(({ effect }) => effect === 'leave-body-unread');
    expect(unread?.detectionLoss).toMatchObject({ lost: 4, blockedBefore: 4 });
    expect(unread?.widerBecause).toContain('is no longer looked at when it cannot be parsed');
    expect(written).toContain('NOT LOOKED AT any longer: the body of this endpoint when it cannot be parsed');
  });

  it('that is no form is no reason to exclude its own text as a name', async () => {
    const { exclusions, verification } = await tuned(['certificate']);
    expect(words(exclusions)).toEqual(['921150 removed at POST /certificate']);
    expect(verification).toMatchObject({ stillBlocked: [] });
  });
});

describe('a body of a type that the engine has no reading for', () => {
  const readings = (exclusions: readonly Exclusion[]) =>
    words(exclusions.filter(({ effect }) => effect === 'read-body-as' || effect === 'remove-rule'));

  it('is read as what it is where its type is allowed, so that rules see what is in it', async () => {
    const { exclusions, verification } = await tuned(['plain', 'plain-json']);
    expect(readings(exclusions)).toEqual([
      '920420 with the body as form at POST /plain',
      '920420 with the body as json at POST /plain-json',
    ]);
    expect(verification).toMatchObject({ stillBlocked: [], newlyBlocked: [], tooBroad: [], noEffect: [] });
  });

  it('has rules removed that its text fires then, and no names that are its text', async () => {
    const { exclusions, verification } = await tuned(['plain-select']);
    expect(readings(exclusions)).toEqual([
      '920420 with the body as form at POST /plain-select',
      expect.stringMatching(/^942\d{3}.* removed at POST \/plain-select$/),
    ]);
    expect(exclusions.map(({ effect }) => effect)).not.toContain('remove-target');
    expect(verification).toMatchObject({ stillBlocked: [] });
  });

  it('is said not to be looked at where there is no text in it', async () => {
    const { exclusions } = await tuned(['plain-binary']);
    expect(exclusions.map(({ effect }) => effect)).toEqual(['change-setting']);
    expect(exclusions[0]?.widerBecause).toContain('do not see what is in it');
  });
});

describe('cures on real servers', () => {
  for (const [server, engine] of [
    ['apache', 'modsecurity2'],
    ['nginx', 'modsecurity3'],
  ] as const) {
    it.skipIf(leaveOut(server))(`work on ${server}`, async () => {
      const names = ['lines', 'xml-as-json', 'form-as-json', 'parts', 'deep', 'many', 'zipped'];
      const settings = { servers: [server], engines: [engine], allowUnreadBodies: true };
      const { verification, exclusions } = await tuned(names, settings);
      expect(verification?.servers).toMatchObject([{ stillBlocked: [], newlyBlocked: [], tooBroad: [] }]);
      expect(verification?.servers?.[0]?.cleared.length).toBe(names.length);
      const unread = exclusions.filter(({ effect }) => effect === 'leave-body-unread');
      expect(unread.map(({ scope }) => scope.path)).toEqual(['/zipped']);
    });
  }
});

describe('a body that is read otherwise', () => {
  const xml = '<?xml version=\\"1.0\\"?><methodCall><methodName>test.connection</methodName></methodCall>';
  const asForm = 'headers: { Content-Type: application/x-www-form-urlencoded }, method: POST';

  it('is not where others at the endpoint would be refused for it', async () => {
    const ground = tuneGround(1);
    const checked = await ground.check(
      `suite: S\ncases:\n  - { id: xml, path: /, ${asForm}, body: "${xml}" }\n  - { id: form, path: /, form: { note: calm } }\n  - { id: sql, path: /, form: { note: "1' or '1'='1" } }\n`,
    );
    const { report } = await ground.tune(checked);
    expect(report.verification).toMatchObject({ stillBlocked: [], newlyBlocked: [], cleared: ['s/sql', 's/xml'] });
    expect(report.exclusions?.map(({ effect }) => effect)).not.toContain('read-body-as');
  });

  it('stays so, though each of its rules alone has other exclusions', async () => {
    const ground = tuneGround(1);
    const checked = await ground.check(`suite: S\ncases:\n  - { id: xml, path: /x, ${asForm}, body: "${xml}" }\n`);
    const { report } = await ground.tune(checked);
    expect(report.verification).toMatchObject({ stillBlocked: [], newlyBlocked: [], cleared: ['s/xml'] });
  });
});
