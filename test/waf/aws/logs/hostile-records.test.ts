import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findRecords } from '../../../../src/waf/aws/logs/find-records.js';
import { createAwsReader } from '../../../../src/waf/aws/logs/log-reader.js';
import { fullRecord, group, readAll, readOne, samples } from './records.js';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
const values = samples.map(({ value }) => value as Json);
const sample = fc.constantFrom(...values);

/** The value with each part of it, in its turn, as `choose` makes it of a number. */
function changed(value: Json, choose: (part: Json) => Json | undefined): Json | undefined {
  const made = choose(value);
  if (made === undefined || typeof made !== 'object' || made === null) return made;
  if (Array.isArray(made)) return made.flatMap((item) => changed(item, choose) ?? []);
  return Object.fromEntries(
    Object.entries(made).flatMap(([key, item]) => {
      const inner = changed(item, choose);
      return inner === undefined ? [] : [[key, inner]];
    }),
  );
}

describe('records that are not as they should be', () => {
  test('with parts dropped, and others in their place', () => {
    const mutations = fc.tuple(sample, fc.infiniteStream(fc.nat(30)), fc.infiniteStream(fc.jsonValue()));
    fc.assert(
      fc.property(mutations, ([value, turns, others]) => {
        const mutant = changed(value, (part) => {
          const turn = turns.next().value;
          if (turn === 0) return undefined;
          return turn === 1 ? null : turn === 2 ? (others.next().value as Json) : part;
        });
        for (const record of readAll(`${JSON.stringify(mutant ?? null)}\n`)) assertSound(record);
      }),
      { numRuns: 600 },
    );
  });

  test('any JSON at all', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(findRecords(value).records).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('with keys that every object has by inheritance', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      const details = [{ conditionType: name, location: name, matchedData: [name] }];
      const record = readOne(
        fullRecord({
          action: 'BLOCK',
          terminatingRuleId: name,
          terminatingRuleMatchDetails: details,
          ruleGroupList: [group(`AWS#${name}`, { terminatingRule: { ruleId: name, action: name } })],
        }),
      );
      expect(record?.blockedBy).toEqual({ kind: 'rule', ruleId: name });
      expect(record?.hits[0]?.variable).toBeUndefined();
    }
  });

  test('bytes that are no text, and lines cut anywhere', () => {
    const bytes = Buffer.from(`${JSON.stringify(fullRecord())}\n`);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(bytes.length), (noise, at) => {
        const text = Buffer.concat([bytes, bytes.subarray(0, at), noise, Buffer.from('\n'), bytes]);
        expect(readAll(text).length).toBeGreaterThanOrEqual(1);
      }),
      { numRuns: 200 },
    );
  });
});

describe('what grows without end', () => {
  test('labels, groups, rules, headers and texts are bounded', () => {
    const long = 'x'.repeat(1_000_000);
    const many = <T>(one: (i: number) => T) => Array.from({ length: 2000 }, (_, i) => one(i));
    const record = readOne(
      fullRecord({
        action: 'BLOCK',
        terminatingRuleId: long,
        labels: many((i) => ({ name: `own:${i}${long.slice(0, 2000)}` })),
        ruleGroupList: many((i) => group(`AWS#G${i}`, { excludedRules: [{ ruleId: `r${i}` }] })),
        terminatingRuleMatchDetails: many((i) => ({
          conditionType: 'XSS',
          location: 'BODY',
          matchedData: [i === 0 ? long : ''],
        })),
        httpRequest: { uri: long, headers: many((i) => ({ name: `h${i}`, value: 'v' })) },
      }),
    );
    expect(JSON.stringify(record).length).toBeLessThan(300_000);
    expect(record?.hits[0]).toMatchObject({ matchedTruncated: true });
  });

  test('a hundred labels are all kept', () => {
    const labels = Array.from({ length: 100 }, (_, i) => ({ name: `awswaf:111122223333:webacl:shop:l${i}` }));
    expect(readOne(fullRecord({ labels }))?.labels.length).toBe(100);
  });

  test('nesting is not followed for ever', () => {
    const depth = 100_000;
    expect(readAll(`${'['.repeat(depth)}${']'.repeat(depth)}\n`)).toEqual([]);
    expect(readAll(`${'{"message":'.repeat(depth)}1${'}'.repeat(depth)}\n`)).toEqual([]);
  });

  test('a line that is too long is skipped and counted', () => {
    const reader = createAwsReader({ maxLineBytes: 500 });
    const items = [...reader.push(Buffer.from(`${'x'.repeat(5000)}\n${JSON.stringify(fullRecord())}\n`))];
    expect([items.length, reader.skipped]).toEqual([0, 2]);
  });
});

function assertSound(record: ReturnType<typeof readAll>[number]): void {
  expect(['passed', 'would-block', 'blocked']).toContain(record.action);
  expect(record.action === 'passed').toBe(record.blockedBy === undefined);
  for (const hit of record.hits) expect(typeof hit.ruleId).toBe('string');
  if (record.at !== undefined) expect(new Date(record.at).toISOString()).toBe(record.at);
}
