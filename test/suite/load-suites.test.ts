import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadSuites } from '../../src/suite/load-suites.js';
import { casesOf, collect, folderOf, load, suiteOf } from './suite-folder.js';

const cwd = fileURLToPath(new URL('../fixtures/suite', import.meta.url));

describe('the suite of the documentation', () => {
  const request = { patterns: ['comments.yaml'], cwd, env: { STAGING_PASSWORD: 'hunter2' }, ci: true };

  test('has its cases in order, with places', async () => {
    const suites = await loadSuites(request);
    const cases = await collect(suites);
    expect(suites.total).toBe(8);
    expect(cases.map(({ id, at }) => `${id} ${at.file}:${at.line}`)).toEqual([
      'comments/sql-question comments.yaml:9',
      'comments/review comments.yaml:13',
      'comments/names#1 comments.yaml:16',
      'comments/names#2 comments.yaml:16',
      'comments/names#3 comments.yaml:16',
      'comments/notes comments.yaml:18',
      'comments/raw comments.yaml:22',
      'comments/login comments.yaml:25',
    ]);
    expect(suites.secrets).toEqual([{ name: 'STAGING_PASSWORD', value: 'hunter2' }]);
  });

  test('says of a case all that a report needs', async () => {
    const [first] = await collect(await loadSuites(request));
    expect(first).toEqual({
      id: 'comments/sql-question',
      suite: 'Comments',
      title: 'A question that quotes SQL',
      because: 'Support staff paste SQL all day',
      intent: 'legitimate',
      tags: ['comments'],
      at: { file: 'comments.yaml', line: 9, column: 5 },
      expect: {},
      secrets: [],
      sessionValues: [],
      request: {
        method: 'POST',
        path: '/api/comments',
        query: [],
        headers: [
          ['User-Agent', 'Mozilla/5.0 (compatible; Wafproof)'],
          ['Accept', 'application/json'],
        ],
        cookies: [],
        body: {
          kind: 'form',
          fields: [['comment', 'SELECT name FROM users WHERE id = 1 OR 1=1; -- how does this work?']],
        },
        omittedHeaders: [],
      },
    });
  });

  test('gives the same cases each time', async () => {
    const suites = await loadSuites(request);
    expect(await collect(suites)).toEqual(await collect(suites));
  });
});

describe('finding suites', () => {
  const files = {
    'suites/b.yaml': suiteOf('path: /b'),
    'suites/a.yml': suiteOf('path: /a'),
    'suites/deep/c.yaml': suiteOf('path: /c'),
    'suites/notes.md': 'not a suite',
    'suites/wafproof.config.yaml': 'targets: {}',
    'suites/node_modules/p/d.yaml': suiteOf('path: /d'),
  };

  test.each([
    ['a file', ['suites/b.yaml'], ['b/one']],
    ['a folder, sorted', ['suites'], ['a/one', 'b/one', 'c/one']],
    ['a glob', ['suites/*.yaml'], ['b/one']],
    ['a deep glob', ['suites/**/*'], ['a/one', 'b/one', 'c/one']],
    ['each file once', ['suites/b.yaml', 'suites', './suites/b.yaml'], ['b/one', 'a/one', 'c/one']],
  ])('%s', async (_, patterns, ids) => {
    const cases = await casesOf(files, { patterns });
    expect(cases.map(({ id }) => id)).toEqual(ids);
  });

  test('places are relative to the working directory', async () => {
    const folder = await folderOf(files);
    const [first] = await collect(await loadSuites({ patterns: ['../b.yaml'], cwd: `${folder}/suites/deep`, env: {} }));
    expect(first?.at.file).toBe('../b.yaml');
  });
});

describe('what cases inherit', () => {
  test('the client of the defaults, part by part', async () => {
    const text = `suite: A
defaults: { client: { ip: 192.0.2.10, country: DE } }
cases:
  - { id: one, client: { country: FR, asn: 64500 } }
  - { id: two }`;
    const cases = await casesOf({ 's.yaml': text });
    expect(cases.map(({ client }) => client)).toEqual([
      { ip: '192.0.2.10', country: 'FR', asn: 64500 },
      { ip: '192.0.2.10', country: 'DE' },
    ]);
  });

  test('intent, tags, expect and because of the defaults', async () => {
    const suite = `suite: S
intent: attack
defaults: { tags: [a, b], expect: { status: 201 }, because: habit }
cases:
  - { id: one, tags: [b, c], expect: { verdict: attack-missed } }
  - { id: two, intent: legitimate, because: need }`;
    const cases = await casesOf({ 's.yaml': suite });
    expect(cases.map(({ intent, tags, expect, because }) => ({ intent, tags, expect, because }))).toEqual([
      { intent: 'attack', tags: ['a', 'b', 'c'], expect: { status: 201, verdict: 'attack-missed' }, because: 'habit' },
      { intent: 'legitimate', tags: ['a', 'b'], expect: { status: 201 }, because: 'need' },
    ]);
  });
});

describe('cases that are left out', () => {
  test('skip says so, and its values need not be there', async () => {
    const suites = await load({ 's.yaml': `${suiteOf('skip: flaky\nbody: !file gone')}  - { id: two }` });
    expect(suites.total).toBe(1);
    expect(suites.skipped).toEqual([
      { id: 's/one', suite: 'S', reason: 'flaky', at: { file: 's.yaml', line: 3, column: 5 } },
    ]);
    expect((await collect(suites)).map(({ id }) => id)).toEqual(['s/two']);
  });

  test('only leaves the others out', async () => {
    const files = { 's.yaml': `${suiteOf('only: true')}  - { id: two }`, 't.yaml': suiteOf('path: /') };
    const cases = await casesOf(files, { patterns: ['.'] });
    expect(cases.map(({ id }) => id)).toEqual(['s/one']);
  });
});

describe('selecting', () => {
  const files = {
    's.yaml': `suite: S
cases:
  - { id: sql, title: A Question, tags: [a], skip: later }
  - { id: names, tags: [b], form: { n: !each n.txt } }
  - { id: last, tags: [a, c], form: { p: !env GONE } }`,
    'n.txt': 'one\ntwo\nthree\nfour\nfive\n',
  };
  const env = { GONE: 'x' };
  const idsWith = async (select: object) => {
    const suites = await load(files, { env, select });
    const cases = await collect(suites);
    expect(cases).toHaveLength(suites.total);
    return [...suites.skipped, ...cases].map(({ id }) => id);
  };

  test.each([
    ['text of an id', { grep: 'names#3' }, ['s/names#3']],
    ['text of a title, in any case', { grep: 'question' }, ['s/sql']],
    ['any of the tags', { tags: ['c', 'a'] }, ['s/sql', 's/last']],
    ['both', { grep: 'S/L', tags: ['a'] }, ['s/last']],
    ['no tags', { tags: [] }, ['s/sql', 's/names#1', 's/names#2', 's/names#3', 's/names#4', 's/names#5', 's/last']],
  ])('by %s', async (_, select, ids) => {
    expect(await idsWith(select)).toEqual(ids);
  });

  test('shards are a partition, whatever their number', async () => {
    const all = await idsWith({});
    for (const total of [1, 2, 3, 10]) {
      const shards = [];
      for (let index = 1; index <= total; index++) shards.push(...(await idsWith({ shard: { index, total } })));
      expect(shards.sort()).toEqual([...all].sort());
    }
  });

  test('needs the environment only of what is selected', async () => {
    const suites = await load(files, { select: { tags: ['b'] } });
    expect(suites.total).toBe(5);
    expect(suites.secrets).toEqual([]);
  });
});
