import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/pipeline/check.js';
import { variableOf } from '../exclude/exclusions.js';
import { leaveOut } from '../waf/modsecurity/lab/server-fixture.js';
import { type TuneGround, tuneGround } from './tune-ground.js';

const sqli = "\"1' or '1'='1\"";
const [key, nextKey] = ['e81a5363-359d-4392-b851-9a30df9a7d7b', '7c1a5363-359d-4392-b851-9a30df9a7d7d'];

/** One case each of names and paths that the next request will not have. */
const once = `
suite: S
cases:
  - { id: row, path: /save, form: { "custom[47][name]": ${sqli} } }
  - { id: member, path: /servers, json: { certificates: { "${key}": ${sqli} } } }
  - { id: profile, path: /api/profile/42, form: { bio: ${sqli} } }
  - { id: cookie, path: /c, cookies: { _pk_id.1.a3f2: ${sqli} } }
  - { id: part, path: /upload, multipart: [ { name: field-17-title, value: ${sqli} } ] }
  - { id: element, path: /list, json: { items: [ { note: ${sqli} } ] } }
`;

const next = `
suite: S
cases:
  - { id: row, path: /save, form: { "custom[5200][name]": ${sqli} } }
  - { id: member, path: /servers, json: { certificates: { "${nextKey}": ${sqli} } } }
  - { id: profile, path: /api/profile/43, form: { bio: ${sqli} } }
  - { id: cookie, path: /c, cookies: { _pk_id.2.b4e1: ${sqli} } }
  - { id: part, path: /upload, multipart: [ { name: field-18-title, value: ${sqli} } ] }
  - { id: element, path: /list, json: { items: [ { note: fine }, { note: ${sqli} } ] } }
`;

/** What does not fit, and is to be blocked as before. */
const beside = `
suite: S
cases:
  - { id: row, path: /save, form: { "custom[x][name]": ${sqli} } }
  - { id: longer, path: /save, form: { "custom[47][name]x": ${sqli} } }
  - { id: member, path: /servers, json: { certificates: { main: ${sqli} } } }
  - { id: profile, path: /api/profile/me, form: { bio: ${sqli} } }
  - { id: cookie, path: /c, cookies: { _pk_id.x.a3f2: ${sqli} } }
`;

async function underFiles(ground: TuneGround, files: readonly string[], suite: string) {
  const { engine, world } = ground;
  const [before = '', after = ''] = files;
  await ground.check(suite).catch(() => undefined);
  const rules = { ...engine, rulesBefore: [before], rulesAfter: [after] };
  const report = await check({ suites: ['s.yaml'], select: { tags: [] }, engine: rules, timeoutMs: 60_000 }, world);
  return report.results.map(({ id, verdict }) => `${id} ${verdict.kind}`);
}

describe('exclusions for names and paths that change', () => {
  const servers = (['apache', 'nginx'] as const).filter((server) => !leaveOut(server));

  it('let the next request pass from one case on, and no name that does not fit', async () => {
    const ground = tuneGround(1);
    const { report, files } = await ground.tune(await ground.check(once), {
      servers,
      engines: ['modsecurity2', 'modsecurity3'],
    });
    const { verification, exclusions = [] } = report;
    expect(verification).toMatchObject({ stillBlocked: [], newlyBlocked: [], tooBroad: [], noEffect: [] });
    expect(verification).not.toHaveProperty('siblingsBlocked');
    expect(exclusions.flatMap((one) => variableOf(one)?.key ?? []).sort()).toEqual([
      '_pk_id.{number}.{hex}',
      'bio',
      'custom[{number}][name]',
      'field-{number}-title',
      'json.certificates.{uuid}',
      'json.items.array_*.note',
    ]);
    expect(report.findings).toHaveLength(6);
    for (const { findings } of exclusions) expect(findings).toHaveLength(1);
    const passing = await underFiles(ground, files, next);
    expect(passing.filter((line) => !line.endsWith('let-through'))).toEqual([]);
    const blocked = await underFiles(ground, files, beside);
    expect(blocked.filter((line) => !line.endsWith('false-positive'))).toEqual([]);
  });

  it('are for a name as it is where that is in doubt, and say so wherever they stand', async () => {
    const ground = tuneGround(1);
    const line = `suite: S\ncases:\n  - { id: a, path: /d, form: { address_line_1: ${sqli}, q1: ${sqli} } }\n`;
    const { report, files } = await ground.tune(await ground.check(line));
    expect(report.exclusions?.map((one) => [variableOf(one)?.key, one.looksGenerated]).sort()).toEqual([
      ['address_line_1', ['ARGS:address_line_1']],
      ['q1', undefined],
    ]);
    const written = (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('');
    expect(written).toContain('NOTE ARGS:address_line_1 looks generated: the next one will be blocked');
  });
});
