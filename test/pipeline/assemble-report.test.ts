import { describe, expect, test } from 'vitest';
import type { EvidenceResult } from '../../src/model/evidence.js';
import type { Exchange } from '../../src/model/exchange.js';
import { assembleReport, judgeCase } from '../../src/pipeline/assemble-report.js';
import { modsecurityFieldNames } from '../../src/waf/modsecurity/field-names.js';
import { hit, request, result } from '../report/sample-report.js';
import { usualBlocks } from '../triage/observed.js';
import { caseOf } from './cases.js';

const score = { inbound: 5, threshold: 5 };
const blocked: EvidenceResult = { kind: 'found', evidence: { action: 'blocked', status: 403, score, hits: [hit()] } };
const missing: EvidenceResult = { kind: 'missing', reason: 'nothing in the log' };

function answered(status: number): Exchange {
  const outcome = { kind: 'answered' as const, status, headers: [], bodyExcerpt: 'Forbidden' };
  return { correlationId: 'w7-1', durationMs: 7.123456, outcome };
}

describe('the result of a case', () => {
  test('has all that its author said, what came back, and what it means', () => {
    const sent = caseOf('comments/a', {
      title: 'T',
      because: 'B',
      tags: ['x'],
      expect: { status: 201 },
      request: request({ path: '/p' }),
    });
    expect(judgeCase({ sent, exchange: answered(403), evidence: blocked }, usualBlocks, modsecurityFieldNames)).toEqual(
      {
        id: 'comments/a',
        suite: 'Comments',
        title: 'T',
        because: 'B',
        intent: 'legitimate',
        tags: ['x'],
        at: { file: 'suites/comments.yaml', line: 9 },
        expect: { status: 201 },
        request: request({ path: '/p' }),
        correlationId: 'w7-1',
        status: 403,
        durationMs: 7.12,
        verdict: { kind: 'false-positive', detectedOnly: false },
        asExpected: false,
        score,
        hits: [{ ...hit(), field: { kind: 'argument', name: 'comment' } }],
      },
    );
  });

  test('leaves out what is not known', () => {
    const outcome = { kind: 'failed' as const, reason: 'timeout' as const, message: 'no answer within 9 ms' };
    const exchange = { correlationId: 'w7-1', durationMs: 9, outcome };
    const judged = judgeCase({ sent: caseOf('a'), exchange, evidence: missing }, usualBlocks, modsecurityFieldNames);
    expect(Object.keys(judged).toSorted()).toEqual([
      'asExpected',
      'at',
      'correlationId',
      'durationMs',
      'hits',
      'id',
      'intent',
      'request',
      'suite',
      'tags',
      'verdict',
    ]);
    expect(judged.verdict).toEqual({ kind: 'inconclusive', reason: 'no answer within 9 ms' });
    expect(judged.hits).toEqual([]);
  });

  test('has no secret', () => {
    const sent = caseOf('a', {
      request: request({ body: { kind: 'form', fields: [['p', 'hunter22']] } }),
      secrets: [{ name: 'PASSWORD', value: 'hunter22' }],
    });
    const judged = judgeCase({ sent, exchange: answered(403), evidence: blocked }, usualBlocks, modsecurityFieldNames);
    expect(judged.request.body).toEqual({ kind: 'form', fields: [['p', '[PASSWORD]']] });
  });

  test('tells where the variables of a hit lie in the request', () => {
    const sent = caseOf('a', { request: request({ body: { kind: 'form', fields: [['comment', 'x']] } }) });
    const candidates = ['comment', 'other'].map((key) => ({ collection: 'ARGS', key }));
    const evidence: EvidenceResult = {
      kind: 'found',
      evidence: { action: 'blocked', score, hits: [hit({ candidates }), hit({ variable: { collection: 'TX' } })] },
    };
    const { hits } = judgeCase({ sent, exchange: answered(403), evidence }, usualBlocks, modsecurityFieldNames);
    expect(hits).toMatchObject([
      {
        field: { kind: 'form', name: 'comment' },
        candidateFields: [
          { kind: 'form', name: 'comment' },
          { kind: 'argument', name: 'other' },
        ],
      },
      { variable: { collection: 'TX' } },
    ]);
    expect(hits[1]).not.toHaveProperty('field');
  });

  test('heeds an expected status only where an application answers', () => {
    const sent = caseOf('a', { expect: { status: 201 } });
    const evidence: EvidenceResult = { kind: 'found', evidence: { action: 'passed', hits: [] } };
    expect(judgeCase({ sent, exchange: answered(200), evidence }, usualBlocks, modsecurityFieldNames).asExpected).toBe(
      false,
    );
    expect(judgeCase({ sent, exchange: answered(200), evidence }, undefined, modsecurityFieldNames).asExpected).toBe(
      true,
    );
  });
});

describe('a report', () => {
  const falsePositive = { kind: 'false-positive' as const, detectedOnly: false };
  const results = [
    result({ id: 's/a' }),
    result({ id: 's/b', verdict: falsePositive, asExpected: false, hits: [hit()] }),
    result({ id: 's/c', verdict: falsePositive, asExpected: true, hits: [hit()] }),
    result({ id: 's/d', verdict: { kind: 'inconclusive', reason: 'r' }, asExpected: false }),
  ];
  const skipped = [{ id: 's/e', suite: 'S', at: { file: 's.yaml' }, reason: 'later' }];
  const target = { name: 'embedded', waf: { kind: 'modsecurity' as const } };
  const names = modsecurityFieldNames;
  const job = { target, names, startedAt: new Date('2026-11-22T20:00:00Z'), durationMs: 12.7, results, skipped };

  test('counts, groups and dates', () => {
    expect(assembleReport(job)).toEqual({
      schemaVersion: 1,
      tool: { name: 'wafproof', version: expect.stringMatching(/^\d+\.\d+\.\d+/) },
      target,
      startedAt: '2026-11-22T20:00:00.000Z',
      durationMs: 13,
      results,
      skipped,
      findings: [expect.objectContaining({ ruleId: 942100, cases: ['s/b', 's/c'] })],
      summary: {
        cases: 4,
        skipped: 1,
        unexpected: 2,
        verdicts: { 'let-through': 1, 'false-positive': 2, inconclusive: 1 },
      },
    });
  });

  test('says why it is not whole', () => {
    expect(assembleReport({ ...job, interrupted: 'by hand' }).interrupted).toBe('by hand');
  });

  test('is plain JSON', () => {
    const report = assembleReport(job);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});
