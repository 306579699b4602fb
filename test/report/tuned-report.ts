import type { Exclusion, Verification } from '../../src/model/exclusion.js';
import type { RunReport } from '../../src/model/report.js';
import { sampleReport } from './sample-report.js';

const comments = { method: 'POST', path: '/api/comments' };

const exclusions: readonly Exclusion[] = [
  {
    id: '046b5a66f9',
    findings: ['942100-ARGS:comment-POST-/api/comments', '942130-ARGS:comment-POST-/api/comments'],
    effect: 'remove-target',
    ruleIds: [942100, 942130, 942190, 942360],
    variable: { collection: 'ARGS', key: 'comment' },
    scope: comments,
    detectionLoss: { lost: 732, blockedBefore: 2084 },
  },
  {
    id: '1a1bc1d40a',
    findings: ['932100-ARGS:json.steps.array_0.text-POST-/api/reviews'],
    effect: 'remove-target',
    ruleIds: [932100],
    variable: { collection: 'ARGS', key: 'json.steps.array_0.text' },
    scope: { method: 'POST', path: '/api/reviews' },
    detectionLoss: { lost: 7, blockedBefore: 2084 },
  },
  {
    id: '51ca4e65ad',
    findings: ['930120-FILES:file-POST-/api/notes'],
    effect: 'remove-target',
    ruleIds: [930120],
    variable: { collection: 'FILES', key: 'file' },
    scope: { method: 'POST', path: '/api/notes' },
  },
  {
    id: '7a4fcfc581',
    findings: ['933100-ARGS:title-POST-/api/notes'],
    effect: 'remove-rule',
    ruleIds: [933100],
    scope: { method: 'POST', path: '/api/notes' },
    widerBecause: 'rule 933100 still fires when ARGS:title is taken from it',
    detectionLoss: { lost: 145, blockedBefore: 2084 },
  },
  {
    id: '8418dd81ef',
    findings: ['930120-REQUEST_COOKIES:last-GET-/search'],
    effect: 'remove-target',
    ruleIds: [930120],
    variable: { collection: 'REQUEST_COOKIES', key: 'last visit' },
    scope: {},
    widerBecause: 'a run-time exclusion cannot spell the name of REQUEST_COOKIES:last visit',
    detectionLoss: { lost: 0, blockedBefore: 1930 },
  },
  {
    id: '9c0da962e1',
    findings: ['942130-ARGS:q-GET-/search'],
    effect: 'remove-target',
    ruleIds: [942130],
    variable: { collection: 'ARGS', key: 'q' },
    scope: { method: 'GET', path: '/search' },
    detectionLoss: { lost: 0, blockedBefore: 0 },
  },
];

const verification: Verification = {
  engine: 'ModSecurity 3.0.9',
  cleared: ['comments/sql-question', 'notes/upload', 'search/names#3'],
  stillBlocked: ['comments/review', 'graphql/query'],
  newlyBlocked: ['prose/names#7'],
  attacksLost: [
    ...[...Array(70).keys()].map((index) => `sqli: 1' OR ${index}=${index} -- a`),
    ...[...Array(9).keys()].map((index) => `php-injection: <?php system("id ${index}"); ?>`),
    'command-injection-unix: $(cat /etc/passwd)',
  ],
  tooBroad: ['8418dd81ef'],
};

/** The sample after `tune`: exclusions of every shape, and an engine that is not content with all of them. */
export function tunedReport(): RunReport {
  return { ...sampleReport(), exclusions, verification };
}

/** A report with very many exclusions, of which some are long. */
export function manyExclusions(count: number): RunReport {
  const many = [...Array(count).keys()].map((index): Exclusion => {
    const one = exclusions[index % exclusions.length];
    const ruleIds = [...Array(index % 300).keys()].map((id) => 900_000 + id);
    return { ...(one ?? { findings: [], effect: 'remove-rule' }), id: `${index}`, ruleIds, scope: placeOf(index) };
  });
  const ids = [...Array(count).keys()].map((index) => `case/${index}`);
  return {
    ...sampleReport(),
    exclusions: many,
    verification: {
      ...verification,
      cleared: ids,
      stillBlocked: ids,
      newlyBlocked: ids,
      attacksLost: ids.map((id) => `${id}: ${'<x>'.repeat(2000)}`),
    },
  };
}

function placeOf(index: number) {
  return index % 2 === 0 ? {} : { method: 'POST', path: `/api/${index}` };
}
