import { describe, expect, it } from 'vitest';
import type { RuleHit } from '../../../../src/model/evidence.js';
import type { CaseResult } from '../../../../src/model/report.js';
import type { RequestSpec } from '../../../../src/model/request.js';
import type { AclRule } from '../../../../src/waf/aws/acl/web-acl.js';
import { openBench } from '../../../../src/waf/aws/prover/bench.js';
import { aclForms } from '../../../../src/waf/aws/prover/forms.js';
import { seenIn } from '../../../../src/waf/aws/prover/seen.js';
import { aclWith, coreRules, lfiCounts, ruleWith, sourceOf, toRule } from '../acls.js';

const lfi = 'AWS#AWSManagedRulesCommonRuleSet#GenericLFI_BODY';

function post(path: string, text: string, method = 'POST'): RequestSpec {
  const body = { kind: 'raw', content: { text } } as const;
  const headers = [['User-Agent', 'Mozilla/5.0'] as const];
  return { method, path, query: [], headers, cookies: [], body, omittedHeaders: [] };
}

function result(request: RequestSpec, hits: readonly RuleHit[]): CaseResult {
  const verdict = hits.length > 0 ? ({ kind: 'false-positive', detectedOnly: false } as const) : passed;
  const rest = {
    suite: '',
    intent: 'legitimate',
    tags: [],
    at: { file: 'a' },
    correlationId: '',
    durationMs: 1,
  } as const;
  return { id: request.path, request, hits, verdict, asExpected: true, ...rest };
}

const passed = { kind: 'let-through', nearMiss: false } as const;
const hitOf = (ruleId: string): RuleHit => ({
  ruleId,
  message: '',
  tags: [],
  variable: { collection: 'Body' },
  variableSource: 'logged',
});

const notes = post('/v1/notes', 'under ../docs');
const calm = post('/v1/notes', 'hello');

function bench(rules: readonly AclRule[], exclusions: Parameters<typeof openBench>[0] = []) {
  const source = sourceOf(aclWith(rules));
  const seen = seenIn([result(notes, [hitOf(lfi)]), result(calm, [])], source);
  return openBench(exclusions, { source, front: 'alb', seen });
}

const crs = [coreRules(1)];
const excluded = [lfiCounts('POST', '/v1/notes')];

describe('An offline proof for AWS', () => {
  it('takes what was seen of a managed rule for what it does', async () => {
    expect(await bench(crs).evaluate(notes)).toMatchObject({ outcome: 'blocked', hits: [{ ruleId: lfi }] });
    expect(await bench(crs).evaluate(calm)).toEqual({ outcome: 'passed', hits: [] });
  });

  it('lets the case pass under an exclusion', async () => {
    expect(await bench(crs, excluded).evaluate(notes)).toEqual({ outcome: 'passed', hits: [] });
  });

  it.each([
    ['path', post('/v1/other', 'under ../docs')],
    ['method', post('/v1/notes', 'under ../docs', 'PUT')],
    ['spelling of the path', post('/v1//notes', 'under ../docs')],
  ])('still refuses the same body at another %s, by the same rule', async (_what, neighbour) => {
    expect(await bench(crs, excluded).evaluate(neighbour)).toMatchObject({
      outcome: 'blocked',
      hits: [{ ruleId: lfi }],
    });
  });

  it('decides nothing of a body that was never seen', async () => {
    const answer = await bench(crs, excluded).evaluate(post('/v1/notes', 'something else'));
    expect(answer).toMatchObject({ outcome: 'undecided', reason: expect.stringContaining('not published') });
  });

  it('sees that an exclusion does nothing for another rule of the ACL', async () => {
    const own = ruleWith('own', 0, { statement: { kind: 'size', comparison: 'GT', size: 3, inspect: body } });
    expect(await bench([own, ...crs], excluded).evaluate(notes)).toMatchObject({ hits: [{ ruleId: 'own' }] });
    const narrowed = [toRule('narrow-rule', 'own', '/v1/notes'), ...excluded];
    expect(await bench([own, ...crs], narrowed).evaluate(notes)).toEqual({ outcome: 'passed', hits: [] });
  });
});

const body = { field: { kind: 'body', oversize: 'CONTINUE' }, preParse: [], transformations: ['NONE'] } as const;

describe('The forms of an exclusion for AWS', () => {
  const place = { endpoint: { method: 'POST', path: '/a' }, request: notes, refused: [notes] };
  const formsFor = (ruleId: string, rules: readonly AclRule[]) =>
    aclForms(hitOf(ruleId), place, sourceOf(aclWith(rules))).map(({ changes, scope, refusal }) => ({
      effect: changes[0].effect,
      scope,
      ...(refusal !== undefined && { refusal }),
    }));

  it('go from one rule at one endpoint to the rule counting everywhere', () => {
    expect(formsFor(lfi, crs)).toEqual([
      { effect: 'count-and-reblock', scope: { method: 'POST', path: '/a' } },
      { effect: 'count-and-reblock', scope: { path: '/a' } },
      { effect: 'scope-down', scope: { method: 'POST', path: '/a' } },
      { effect: 'count-only', scope: {} },
    ]);
    expect(formsFor('own', [ruleWith('own', 0, { statement: size })]).map(({ effect }) => effect)).toEqual([
      'narrow-rule',
      'narrow-rule',
      'count-only',
    ]);
  });

  it('never guess a label', () => {
    const [first] = formsFor('AWS#AWSManagedRulesCommonRuleSet#BrandNew_BODY', crs);
    expect(first?.refusal).toMatch('labels do not follow from names');
  });

  it.each([
    ['counts requests', 'rate', [ruleWith('rate', 0, { statement: rate() })]],
    ['looks at who sends', 'geo', [ruleWith('geo', 0)]],
    ['has no rule', 'gone', crs],
  ])('are refused for a rule that is no matter of content (%s)', (why, ruleId, rules) => {
    expect(formsFor(ruleId, rules)).toMatchObject([{ refusal: expect.stringContaining(why) }]);
  });
});

const size = { kind: 'size', comparison: 'GT', size: 3, inspect: body } as const;

function rate() {
  return { kind: 'rate', limit: 100, windowSeconds: 300, aggregate: 'IP', customKeys: 0 } as const;
}
