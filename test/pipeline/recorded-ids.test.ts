import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { check } from '../../src/pipeline/check.js';
import { variableOf } from '../exclude/exclusions.js';
import { captured, form, json, suiteOfRequests, type Told, textOf } from '../record/capture.js';
import { tuneGround } from './tune-ground.js';

const sqli = "1' or '1'='1";

/** What is recorded of one thing each, with the ids that a person's own things have. */
function recorded(ids: { readonly number: string; readonly uuid: string; readonly slug: string }): string {
  const { number, uuid, slug } = ids;
  const post = (path: string, fields: Readonly<Record<string, string>>): Told => ({
    url: `https://shop.test${path}`,
    headers: form,
    body: `${new URLSearchParams(fields)}`,
  });
  const put = (path: string, value: unknown): Told => ({
    url: `https://shop.test${path}`,
    headers: json,
    body: JSON.stringify(value),
  });
  const requests = [
    post(`/items/${number}/edit`, { note: sqli }),
    post(`/docs/${uuid}`, { note: sqli }),
    post(`/posts/${slug}-${number}/comments`, { text: sqli }),
    post(`/orders/INV-${number}`, { remark: sqli }),
    post(`/p${number}/edit`, { body: sqli }),
    post('/rows', { [`item_${number}_title`]: sqli }),
    post('/meta', { [`meta[${number}][value]`]: sqli }),
    post('/reply', { comment_id: number, [`reply${number}`]: sqli }),
    put('/tree', { nodes: { [number]: { label: sqli } } }),
    put('/blocks', { [uuid]: { html: sqli } }),
    post(`/search?filter[${number}]=${encodeURIComponent(sqli)}&of=${number}`, { a: '1' }),
  ];
  return textOf(suiteOfRequests(requests.map(captured)));
}

const mine = { number: '5821', uuid: 'e81a5363-359d-4392-b851-9a30df9a7d7b', slug: 'flour-of-spelt' };
const others = { number: '77203', uuid: '7c1a5363-359d-4392-b851-9a30df9a7d7d', slug: 'the-millstones' };

test('what is excluded for a recording has no id of it, and lets the next request with other ids pass', async () => {
  const ground = tuneGround(1);
  const before = await ground.check(recorded(mine));
  expect(before.findings).toHaveLength(11);
  const { report, files } = await ground.tune(before);
  expect(report.verification).toMatchObject({ stillBlocked: [], newlyBlocked: [], noEffect: [] });
  const written = (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n');
  const rules = written
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n');
  for (const id of Object.values(mine)) expect(rules).not.toContain(id);
  const told = report.exclusions?.map((one) => [one.scope, variableOf(one)]);
  expect(JSON.stringify(told)).not.toMatch(/5821|e81a5363|flour/);
  expect(written).not.toContain('looks generated');

  await ground.check(recorded(others)).catch(() => undefined);
  const [rulesBefore = '', rulesAfter = ''] = files;
  const engine = { ...ground.engine, rulesBefore: [rulesBefore], rulesAfter: [rulesAfter] };
  const after = await check({ suites: ['s.yaml'], select: { tags: [] }, engine, timeoutMs: 60_000 }, ground.world);
  expect(after.results.map(({ id, verdict }) => [id, verdict.kind])).toEqual(
    after.results.map(({ id }) => [id, 'let-through']),
  );
});
