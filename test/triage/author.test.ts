import { describe, expect, test } from 'vitest';
import type { BlockedBy, EvidenceResult } from '../../src/model/evidence.js';
import { contradictionIn, unreadIn } from '../../src/triage/author.js';
import { type BlockAnswer, learnBlockAnswer } from '../../src/triage/block-answer.js';
import { hit } from '../report/sample-report.js';
import { type Answer, answer, logged, unlogged, usualBlocks, verdictOn } from './observed.js';

const home = answer(200, '<h1>Welcome</h1><p>Our shop has books, tea and lamps, delivered on Mondays.</p>');
const page = (id: string) =>
  answer(200, `<h1>Request rejected</h1><p>Ask support, your number is ${id}, ${new Date().toISOString()}</p>`);
const redirect = (to: string) => answer(302, '', [['Location', to]]);

function refusedBy(blockedBy: BlockedBy): EvidenceResult {
  return { kind: 'found', evidence: { action: 'blocked', hits: [hit()], blockedBy } };
}

const bySum = refusedBy({ kind: 'inbound', ruleId: 949110 });
const learnt = (canary: Answer, harmless = home) => learnBlockAnswer(harmless, { outcome: canary, action: 'blocked' });
const kindOf = (...given: Parameters<typeof verdictOn>) => verdictOn(...given).kind;

describe('what refusals look like is learnt from an attack that the log says was refused', () => {
  test.each<[string, Answer, BlockAnswer['kind']]>([
    ['a status', answer(403, 'Forbidden'), 'status'],
    ['a page of its own', page('17f'), 'page'],
    ['a redirect', redirect('/blocked.html'), 'page'],
    ['the page of harmless requests', home, 'none'],
  ])('%s', (_, canary, kind) => {
    expect(learnt(canary).kind).toBe(kind);
  });

  test('an application that shows the request is no page of refusals', () => {
    const echo = (url: string) =>
      answer(200, `{"method":"GET","url":"${url}","headers":["accept","any","host","shop"]}`);
    const canary = echo('/?wafproof=%3Cscript%3Ealert%281%29%3C%2Fscript%3E');
    expect(learnt(canary, echo('/')).kind).toBe('none');
  });

  test.each<[string, Parameters<typeof learnBlockAnswer>[1], RegExp]>([
    ['passed', { outcome: home, action: 'passed' }, /did not refuse/],
    ['is only detected', { outcome: home, action: 'would-block' }, /did not refuse/],
    ['has no entry', { outcome: answer(403), action: undefined }, /no entry/],
    ['got no answer', { outcome: { kind: 'failed', reason: 'timeout', message: 'slow' }, action: 'blocked' }, /slow/],
  ])('one that %s teaches nothing', (_, refused, reason) => {
    expect(learnBlockAnswer(home, refused)).toEqual({ kind: 'unknown', reason: expect.stringMatching(reason) });
  });
});

describe('a page with status 200', () => {
  const known = learnt(page('a1b2c3'));

  test('is a block where refusals have that page, whatever id and time are in it', () => {
    expect(kindOf('legitimate', page('9f8e7d'), bySum, known)).toBe('false-positive');
    expect(kindOf('attack', page('9f8e7d'), bySum, known)).toBe('attack-blocked');
  });

  test("is the application's where it is another one, and the log is contradicted", () => {
    expect(kindOf('legitimate', home, bySum, known)).toBe('let-through');
    expect(kindOf('attack', home, bySum, known)).toBe('attack-missed');
  });

  test.each([
    ['passed', logged('passed')],
    ['unlogged', unlogged],
  ] as const)('that refusals have is a block that nothing proves where the request %s', (_, evidence) => {
    expect(verdictOn('legitimate', page('9'), evidence, known)).toEqual({
      kind: 'unattributed-block',
      reason: expect.stringMatching(/^answered 200 with what this WAF answers to refused requests, but /),
    });
  });

  test('is never told to be the page of refusals where the WAF refuses nothing', () => {
    expect(kindOf('attack', home, bySum, learnt(home))).toBe('attack-missed');
  });

  test('cannot be told where no attack showed what refusals look like', () => {
    for (const intent of ['legitimate', 'attack'] as const)
      expect(verdictOn(intent, home, bySum, { kind: 'unknown', reason: 'none was sent' })).toEqual({
        kind: 'inconclusive',
        reason:
          'answered 200, but the log says that rule 949110 refused it; whether refusals look like that here is not known: none was sent',
      });
  });
});

describe('a redirect', () => {
  const known = learnt(redirect('https://shop.test/blocked?from=/a&id=17'));

  test('is a block where it leads to where refusals lead', () => {
    expect(kindOf('legitimate', redirect('/blocked?from=/b&id=18'), bySum, known)).toBe('false-positive');
    expect(kindOf('legitimate', redirect('/login'), bySum, known)).toBe('let-through');
  });

  test.each<[string, BlockAnswer]>([
    ['nobody knows what refusals look like', { kind: 'unknown', reason: 'none was sent' }],
    ['others are refused with 403', usualBlocks],
  ])('is a block where the log tells its status, though %s', (_, blocks) => {
    const byRule = refusedBy({ kind: 'rule', ruleId: 7, status: 302 });
    expect(kindOf('legitimate', redirect('/elsewhere'), byRule, blocks)).toBe('false-positive');
  });
});

describe('a body that the engine could not read, of which the log does not say what came of it', () => {
  const unread = refusedBy({ kind: 'body-parser', reason: 'JSON parsing error', assumed: true });

  test.each([400, 413, 500])('was refused where the answer is %i', (status) => {
    expect(kindOf('legitimate', answer(status), unread)).toBe('false-positive');
  });

  test.each<[number, BlockAnswer]>([
    [200, usualBlocks],
    [201, { kind: 'unknown', reason: 'none was sent' }],
    [404, usualBlocks],
  ])('passed where the answer is %i', (status, known) => {
    expect(kindOf('legitimate', answer(status), unread, known)).toBe('let-through');
    expect(kindOf('attack', answer(status), unread, known)).toBe('attack-missed');
  });
});

describe('what the log says against the answer', () => {
  const said = (outcome: Answer, blockedBy: BlockedBy, known: BlockAnswer | undefined = usualBlocks) =>
    contradictionIn(outcome, { action: 'blocked', hits: [], blockedBy }, known);
  const sum = { kind: 'inbound', ruleId: 949110 } as const;

  test('is named', () => {
    expect(said(home, { ...sum, status: 403 })).toBe(
      'the log says that rule 949110 refused it with 403, but the application answered 200: nothing was blocked',
    );
    expect(said(answer(404), { ...sum, status: 403 })).toBe(
      'the log says that rule 949110 refused it with 403, and the client got 404',
    );
    expect(said(home, sum, { kind: 'unknown', reason: 'none' })).toMatch(/refused it, and the client got 200$/);
    expect(said(home, { kind: 'body-parser', reason: 'too large' })).toMatch(/the WAF refused it \(too large\)/);
  });

  test.each<[string, Answer, BlockedBy, BlockAnswer | undefined]>([
    ['both say the same', answer(403), { ...sum, status: 403 }, usualBlocks],
    ['all refusals are answered so', answer(404), { ...sum, status: 403 }, { kind: 'status', status: 404 }],
    ['the log does not say what came of it', home, { kind: 'body-parser', assumed: true }, usualBlocks],
    ["the status is the engine's own", home, sum, undefined],
  ])('is nothing where %s', (_, outcome, blockedBy, known) => {
    expect(contradictionIn(outcome, { action: 'blocked', hits: [], blockedBy }, known)).toBeUndefined();
  });

  test('is nothing where the engine only detects', () => {
    expect(contradictionIn(home, { action: 'would-block', hits: [] }, usualBlocks)).toBeUndefined();
  });
});

describe('a body that no rule has seen', () => {
  const noted = { kind: 'body-parser', reason: 'JSON parsing error: trailing garbage', assumed: true } as const;

  test('is told where the application answered', () => {
    expect(unreadIn(answer(200), { action: 'blocked', hits: [], blockedBy: noted })).toBe(
      'the engine could not read the body (JSON parsing error: trailing garbage) and let the request pass: its rules have not seen what it holds',
    );
  });

  test.each<[string, number, BlockedBy]>([
    ['the engine may have refused it', 400, noted],
    ['the log says that it did', 200, { kind: 'body-parser', reason: 'x' }],
    ['a rule refused it', 200, { kind: 'rule', ruleId: 1 }],
  ])('is none where %s', (_, status, blockedBy) => {
    expect(unreadIn(answer(status), { action: 'blocked', hits: [], blockedBy })).toBeUndefined();
  });
});
