import type { Exclusion, LadderStep, RefusedExclusion } from '../../src/model/exclusion.js';

const comments = { method: 'POST', path: '/api/comments' };
const notes = { method: 'POST', path: '/api/notes' };

/** A field at an endpoint, and the wider forms that are not needed. */
function narrowest(ruleIds: readonly number[], key: string, scope: typeof comments): readonly LadderStep[] {
  const variables = [{ collection: 'ARGS', key }];
  return [
    { effect: 'remove-target', ruleIds, variables, scope, outcome: 'chosen' },
    { effect: 'remove-target', ruleIds, variables, scope: { path: scope.path }, outcome: 'wider' },
    { effect: 'remove-target', ruleIds, variables, scope: {}, outcome: 'wider' },
    { effect: 'remove-rule', ruleIds, variables: [], scope, outcome: 'wider' },
  ];
}

/** An exclusion of every shape, for the findings of the sample. */
export const exclusions: readonly Exclusion[] = [
  {
    id: '046b5a66f9',
    findings: ['942100-ARGS:comment-POST-/api/comments'],
    effect: 'remove-target',
    ruleIds: [942100, 942190, 942360],
    variable: { collection: 'ARGS', key: 'comment' },
    scope: comments,
    ladder: narrowest([942100, 942190, 942360], 'comment', comments),
    detectionLoss: {
      lost: 732,
      blockedBefore: 2084,
      classes: [
        { className: 'sqli-generic', lost: 210, blockedBefore: 220, example: "1' OR 0=0 -- a" },
        { className: 'sqli-mysql', lost: 130, blockedBefore: 140, example: "1' AND SLEEP(5)#" },
        { className: 'sqli-oracle', lost: 120, blockedBefore: 130, example: "' || UTL_HTTP.REQUEST('http://x') --" },
        { className: 'sqli-postgresql', lost: 110, blockedBefore: 130, example: "1'; SELECT pg_sleep(5) --" },
        { className: 'sqli-mssql', lost: 100, blockedBefore: 120, example: "'; WAITFOR DELAY '0:0:5' --" },
        { className: 'nosql-injection', lost: 62, blockedBefore: 70, example: "' || this.a == 'b" },
      ],
    },
  },
  {
    id: '1a1bc1d40a',
    findings: ['932100-ARGS:json.steps.array_0.text-POST-/api/reviews'],
    effect: 'remove-target',
    ruleIds: [932100],
    variable: { collection: 'ARGS', key: 'json.steps.array_*.text' },
    elements: 2,
    json: true,
    scope: { method: 'POST', path: '/api/reviews' },
    ladder: [0, 1].flatMap((index) =>
      narrowest([932100], `json.steps.array_${index}.text`, { method: 'POST', path: '/api/reviews' }),
    ),
    detectionLoss: { lost: 7, blockedBefore: 2084 },
  },
  {
    id: '51ca4e65ad',
    findings: ['930120-FILES:file-POST-/api/notes'],
    effect: 'remove-target',
    ruleIds: [930120],
    variable: { collection: 'FILES', key: 'file' },
    scope: notes,
  },
  {
    id: '7a4fcfc581',
    findings: ['933100-ARGS:title-POST-/api/notes'],
    effect: 'remove-rule',
    ruleIds: [933100],
    scope: notes,
    widerBecause: 'rule 933100 still fires when ARGS:title is taken from it',
    ladder: [
      {
        effect: 'remove-target',
        ruleIds: [933100],
        variables: [{ collection: 'ARGS', key: 'title' }],
        scope: notes,
        outcome: 'insufficient',
        reason: 'rule 933100 still fires when ARGS:title is taken from it',
      },
      { effect: 'remove-rule', ruleIds: [933100], variables: [], scope: notes, outcome: 'chosen' },
    ],
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
    ladder: [
      {
        effect: 'remove-target',
        ruleIds: [930120],
        variables: [{ collection: 'REQUEST_COOKIES', key: 'last visit' }],
        scope: { method: 'GET', path: '/search' },
        outcome: 'impossible',
        reason: 'a run-time exclusion cannot spell the name of REQUEST_COOKIES:last visit',
      },
      {
        effect: 'remove-target',
        ruleIds: [930120],
        variables: [{ collection: 'REQUEST_COOKIES', key: 'last visit' }],
        scope: {},
        outcome: 'chosen',
      },
    ],
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
  {
    id: 'b1d3c7a0f2',
    findings: ['920420-REQUEST_HEADERS:Content-Type-POST-/graphql'],
    effect: 'change-setting',
    ruleIds: [920420],
    setting: {
      name: 'allowed_request_content_type',
      value: '|application/json| |application/graphql|',
      written: 'TX:allowed_request_content_type',
    },
    scope: { method: 'POST', path: '/graphql' },
    ladder: [
      {
        effect: 'change-setting',
        ruleIds: [920420],
        variables: [],
        scope: { method: 'POST', path: '/graphql' },
        outcome: 'chosen',
      },
    ],
  },
];

/** One that costs too much. */
export const refused: RefusedExclusion = {
  exclusion: {
    id: 'c20e4b51d7',
    findings: ['913100-REQUEST_HEADERS:User-Agent-GET-/search'],
    effect: 'remove-target',
    ruleIds: [913100],
    variable: { collection: 'REQUEST_HEADERS', key: 'User-Agent' },
    scope: { method: 'GET', path: '/search' },
    detectionLoss: {
      lost: 41,
      blockedBefore: 100,
      classes: [{ className: 'scanners-and-probes', lost: 41, blockedBefore: 100, example: 'sqlmap/1.7#stable' }],
    },
  },
  reason: 'it lets 41.0 % of the attacks through, and 5 % are allowed',
};
