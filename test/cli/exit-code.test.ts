import { expect, test } from 'vitest';
import { type CommandOutcome, exitCode } from '../../src/cli/exit-code.js';

const clean = { summary: { unexpected: 0 } };
const found = { summary: { unexpected: 3 } };
const acceptedAll = { summary: { unexpected: 3, accepted: 3 } };
const acceptedSome = { summary: { unexpected: 3, accepted: 2 } };
const cleanPart = { ...clean, interrupted: 'the target gave no answer 20 times in a row' };
const foundPart = { ...found, interrupted: 'interrupted before all cases were done' };
const proof = { stillBlocked: [], newlyBlocked: [], tooBroad: [] };

const rows: readonly (readonly [what: string, code: number, outcome: CommandOutcome])[] = [
  ['a job that is done', 0, { kind: 'done' }],
  ['a job that could not be done', 2, { kind: 'failed' }],
  ['cases as expected', 0, { kind: 'judged', report: clean, isUsersEnd: false }],
  ['cases that a baseline accepts', 0, { kind: 'judged', report: acceptedAll, isUsersEnd: false }],
  ['cases of which a baseline accepts some', 1, { kind: 'judged', report: acceptedSome, isUsersEnd: false }],
  ['a later run that is worse', 1, { kind: 'compared', isWorse: true }],
  ['settings that were tried', 0, { kind: 'swept', isUsersEnd: false }],
  ['settings of which the user ended the trial', 1, { kind: 'swept', isUsersEnd: true }],
  ['a later run that is not', 0, { kind: 'compared', isWorse: false }],
  ['cases not as expected', 1, { kind: 'judged', report: found, isUsersEnd: false }],
  ['a report that was whole when the user ended the job', 0, { kind: 'judged', report: clean, isUsersEnd: true }],
  ['a job that ended by itself, without findings', 2, { kind: 'judged', report: cleanPart, isUsersEnd: false }],
  ['a job that ended by itself, with findings', 2, { kind: 'judged', report: foundPart, isUsersEnd: false }],
  ['a job that the user ended, without findings', 1, { kind: 'judged', report: cleanPart, isUsersEnd: true }],
  ['a job that the user ended, with findings', 1, { kind: 'judged', report: foundPart, isUsersEnd: true }],
  ['a demonstration without findings', 0, { kind: 'demonstrated', report: clean, isUsersEnd: false }],
  ['a demonstration with findings', 0, { kind: 'demonstrated', report: found, isUsersEnd: false }],
  ['a demonstration that ended by itself', 2, { kind: 'demonstrated', report: foundPart, isUsersEnd: false }],
  ['a demonstration that the user ended', 1, { kind: 'demonstrated', report: foundPart, isUsersEnd: true }],
  ['exclusions without a proof', 1, { kind: 'tuned', proofs: [] }],
  ['exclusions that are proved', 0, { kind: 'tuned', proofs: [proof, proof] }],
  ['exclusions that clear too little', 1, { kind: 'tuned', proofs: [{ ...proof, stillBlocked: ['a'] }] }],
  ['exclusions that block more', 1, { kind: 'tuned', proofs: [{ ...proof, newlyBlocked: ['a'] }] }],
  [
    'exclusions that do not clear the next request',
    1,
    { kind: 'tuned', proofs: [{ ...proof, siblingsBlocked: ['a'] }] },
  ],
  ['exclusions that are too broad on a server', 1, { kind: 'tuned', proofs: [proof, { ...proof, tooBroad: ['a'] }] }],
  ['exclusions whose proof the user ended', 1, { kind: 'tuned', proofs: [proof], interrupted: 'x', isUsersEnd: true }],
  ['exclusions whose proof ended by itself', 2, { kind: 'tuned', proofs: [proof], interrupted: 'x' }],
  ['no exclusion to audit', 0, { kind: 'audited', entries: [] }],
  ['exclusions that are all needed', 0, { kind: 'audited', entries: [{ verdict: 'needed' }] }],
  ['an idle exclusion', 1, { kind: 'audited', entries: [{ verdict: 'needed' }, { verdict: 'idle' }] }],
  ['an audit that the user ended', 1, { kind: 'audited', entries: [], interrupted: 'x', isUsersEnd: true }],
  ['an audit that ended by itself', 2, { kind: 'audited', entries: [], interrupted: 'x' }],
  ['checks that are well', 0, { kind: 'diagnosed', checks: [{ status: 'ok' }, { status: 'skipped' }] }],
  ['checks with a warning', 0, { kind: 'diagnosed', checks: [{ status: 'warning' }] }],
  ['a check that failed', 1, { kind: 'diagnosed', checks: [{ status: 'ok' }, { status: 'failed' }] }],
  ['suites that were imported', 0, { kind: 'imported', suites: 1 }],
  ['nothing to import', 2, { kind: 'imported', suites: 0 }],
  ['a recorded command in which nothing would be refused', 0, recorded(0, 0)],
  ['a recorded command in which something would be', 1, recorded(1, 0)],
  ['a recorded command that failed', 7, recorded(1, 7)],
];

/** A function, so that the rows above may use it. */
function recorded(unexpected: number, commandCode: number): CommandOutcome {
  return { kind: 'recorded', report: { summary: { unexpected } }, isUsersEnd: false, commandCode };
}

test.each(rows)('%s: %i', (_, code, outcome) => {
  expect(exitCode(outcome)).toBe(code);
});
