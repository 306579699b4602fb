import { describe, expect, test } from 'vitest';
import type { Evidence, RuleHit } from '../../../src/model/evidence.js';
import type { Exclusion } from '../../../src/model/exclusion.js';
import type { RequestSpec } from '../../../src/model/request.js';
import { findNeighbours, findTooBroad } from '../../../src/pipeline/tune/neighbours.js';
import type { Bench } from '../../../src/pipeline/tune/workbench.js';
import { withoutVariable } from '../../exclude/exclusions.js';
import { hit, request, result } from '../../report/sample-report.js';

const blocked = result({
  id: 's/question',
  request: request({ body: { kind: 'form', fields: [['comment', '1 OR 1=1']] } }),
  hits: [hit()],
  verdict: { kind: 'false-positive', detectedOnly: false },
});

const here = { method: 'POST', path: '/api/comments' };
const narrow = withoutVariable('ARGS:comment', [942100], { id: 'narrow', scope: here });

/** What an engine says of a request, in words. */
function bench(hitsOf: (request: RequestSpec) => readonly RuleHit[]): Bench {
  const evaluate = async (spec: RequestSpec): Promise<Evidence> => ({ action: 'passed', hits: hitsOf(spec) });
  return { evaluate, engine: 'ModSecurity 3.0.9', threshold: 5, close: async () => {} };
}

/** The rule fires on every field, whatever its name. */
function everywhere({ body }: RequestSpec): readonly RuleHit[] {
  const fields = body.kind === 'form' ? body.fields : [];
  return fields.map(([key]) => hit({ variable: { collection: 'ARGS', key } }));
}

const isMeant = ({ method, path }: RequestSpec) => method === 'POST' && path === '/api/comments';

/** What exclusions leave that act as they say. */
function asSaid(spec: RequestSpec): readonly RuleHit[] {
  return everywhere(spec).filter(({ variable }) => !isMeant(spec) || variable.key !== 'comment');
}

/** The exclusions that are too broad, where an engine with all of them says this of a request. */
function tooBroad(exclusions: readonly Exclusion[], after: (spec: RequestSpec) => readonly RuleHit[]) {
  return findTooBroad(exclusions, [blocked], { before: bench(everywhere), after: bench(after) });
}

describe('the neighbours of an exclusion', () => {
  const shown = (exclusion: Exclusion) =>
    findNeighbours([exclusion], [blocked]).map(({ request: { method, path, body } }) => [
      method,
      path,
      body.kind === 'form' ? body.fields[0]?.[0] : undefined,
    ]);

  test('have the payload at another path, by another method and in another field', () => {
    expect(shown(narrow)).toEqual([
      ['POST', '/api/comments-neighbour', 'comment'],
      ['PUT', '/api/comments', 'comment'],
      ['POST', '/api/comments', 'comment_neighbour'],
    ]);
  });

  test('are not where it is meant to act', () => {
    expect(shown({ ...narrow, scope: { path: '/api/comments' } }).map(([, path]) => path)).toEqual([
      '/api/comments-neighbour',
      '/api/comments',
    ]);
    expect(shown({ ...narrow, scope: {} })).toEqual([['POST', '/api/comments', 'comment_neighbour']]);
  });

  test('are none where no case needs it', () => {
    expect(shown(withoutVariable('ARGS:comment', [941100], { scope: here }))).toEqual([]);
    expect(shown(withoutVariable('ARGS:title', [942100], { scope: here }))).toEqual([]);
    expect(shown({ ...narrow, scope: { method: 'POST', path: '/api/reviews' } })).toEqual([]);
  });
});

describe('an exclusion is too broad', () => {
  test.each<[string, (spec: RequestSpec) => boolean]>([
    ['at another path', ({ path }) => path.endsWith('-neighbour')],
    ['by another method', ({ method }) => method === 'PUT'],
    ['in another field', ({ body }) => body.kind === 'form' && body.fields[0]?.[0] === 'comment_neighbour'],
  ])('where its rule is silent %s', async (_, isSilent) => {
    expect(await tooBroad([narrow], (spec) => (isSilent(spec) ? [] : asSaid(spec)))).toEqual(['narrow']);
  });

  test('and is named once where its rule is silent everywhere', async () => {
    expect(await tooBroad([narrow], () => [])).toEqual(['narrow']);
  });
});

describe('an exclusion is not too broad', () => {
  test('where its rule is silent at its own place only', async () => {
    expect(await tooBroad([narrow], asSaid)).toEqual([]);
  });

  test('where another one is meant to silence the rule at the neighbour', async () => {
    const other: Exclusion = { ...narrow, id: 'other', scope: { method: 'PUT', path: '/api/comments' } };
    const after = (spec: RequestSpec) => (spec.method === 'PUT' ? [] : asSaid(spec));
    expect(await tooBroad([narrow, other], after)).toEqual([]);
    expect(await tooBroad([narrow], after)).toEqual(['narrow']);
  });

  test('where a rule of others is silent', async () => {
    const others = (spec: RequestSpec) => [...everywhere(spec), hit({ ruleId: 941100 })];
    const benches = { before: bench(others), after: bench(asSaid) };
    expect(await findTooBroad([narrow], [blocked], benches)).toEqual([]);
  });
});
