import type { Exclusion, Verification } from '../../src/model/exclusion.js';
import type { Minimal } from '../../src/model/minimal.js';
import type { Configuration, Finding, RunReport } from '../../src/model/report.js';
import { withFields } from '../../src/pipeline/report-fields.js';
import { modsecurityFieldNames } from '../../src/waf/modsecurity/field-names.js';
import { reportOf, request, sampleReport } from './sample-report.js';
import { exclusions, refused } from './tuned-exclusions.js';

const question = 'SELECT name FROM users WHERE id = 1 OR 1=1; -- how does this work?';

const verification: Verification = {
  engine: 'ModSecurity 3.0.9',
  cleared: ['comments/sql-question', 'notes/upload'],
  stillBlocked: ['comments/review', 'graphql/query'],
  newlyBlocked: ['prose/names#7'],
  attacksLost: [
    ...[...Array(70).keys()].map((index) => `sqli: 1' OR ${index}=${index} -- a`),
    ...[...Array(9).keys()].map((index) => `php-injection: <?php system("id ${index}"); ?>`),
    'command-injection-unix: $(cat /etc/passwd)',
  ],
  tooBroad: ['8418dd81ef'],
  noEffect: ['9c0da962e1'],
  notReproduced: ['search/names#3'],
  leftInForce: [
    {
      ruleId: 942130,
      variable: { collection: 'ARGS', key: 'comment' },
      scope: { method: 'POST', path: '/api/{name}' },
      spares: 120,
    },
  ],
  refused: [refused],
  servers: [
    {
      engine: 'Apache 2.4.71, ModSecurity 2.9.7',
      cleared: ['comments/sql-question', 'notes/upload', 'comments/review', 'graphql/query'],
      stillBlocked: [],
      newlyBlocked: [],
      tooBroad: [],
    },
    {
      engine: 'nginx 1.22.1, ModSecurity 3.0.9',
      cleared: ['comments/sql-question'],
      stillBlocked: ['notes/upload'],
      newlyBlocked: [],
      tooBroad: ['7a4fcfc581'],
    },
  ],
};

const configurations: readonly Configuration[] = [
  {
    dialect: 'modsecurity',
    files: [
      {
        name: 'REQUEST-900-EXCLUSION-RULES-BEFORE-CRS.conf',
        content: [
          '# Exclusions for single endpoints. To be included before the Core Rule Set.',
          '',
          '',
          '# POST /api/comments',
          '#   ARGS:comment is not looked at by 942100, 942190, 942360',
          '#     for comments/sql-question (Support staff paste SQL all day)',
          'SecRule REQUEST_METHOD "@streq POST" "id:10471,phase:1,pass,t:none,nolog,chain"',
          '    SecRule REQUEST_FILENAME "@streq /api/comments" "t:none,\\',
          '        ctl:ruleRemoveTargetById=942100;ARGS:comment,\\',
          '        ctl:ruleRemoveTargetById=942190;ARGS:comment,\\',
          '        ctl:ruleRemoveTargetById=942360;ARGS:comment"',
          '',
        ].join('\n'),
      },
      {
        name: 'RESPONSE-999-EXCLUSION-RULES-AFTER-CRS.conf',
        content: 'SecRuleUpdateTargetById 930120 "!REQUEST_COOKIES:/(?-i:\\Alast\\x20visit\\z)/"\n',
      },
    ],
    sections: [
      {
        scope: { method: 'POST', path: '/api/comments' },
        file: 'REQUEST-900-EXCLUSION-RULES-BEFORE-CRS.conf',
        from: 4,
        to: 11,
      },
    ],
  },
];

/** The smallest part of a question about SQL that is still taken for SQL. */
const minimal: Minimal = {
  ruleId: 942100,
  variable: { collection: 'ARGS', key: 'comment' },
  field: { kind: 'form', name: 'comment' },
  value: '1 OR 1=1',
  ranges: [[question.indexOf('1 OR'), question.indexOf(';')]],
  request: request({ body: { kind: 'form', fields: [['comment', '1 OR 1=1']] } }),
  probes: 14,
};

/** The sample after `tune`: exclusions of every shape, and an engine that is not content with all of them. */
export function tunedReport(): RunReport {
  const report = sampleReport();
  const tunedOne: RunReport = {
    ...report,
    results: report.results.map((one) => (one.id === 'comments/sql-question' ? { ...one, minimal } : one)),
    findings: report.findings.map(tuned),
    exclusions,
    verification,
    configurations,
  };
  return withFields(tunedOne, modsecurityFieldNames);
}

/** Of the elements of an array one finding is made, where several were seen. */
function tuned(finding: Finding): Finding {
  if (finding.id.startsWith('932100')) {
    const { field: _ofOne, ...rest } = finding;
    return { ...rest, variable: { collection: 'ARGS', key: 'json.steps.array_*.text' } };
  }
  return finding.id.startsWith('942100') ? { ...finding, minimal } : finding;
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

/** A report of so many findings, each in a case and at an endpoint of its own, and so many exclusions that clear them. */
export function manyFindings(findings: number, exclusionCount: number): RunReport {
  const [example] = sampleReport().results;
  const results = [...Array(findings).keys()].flatMap((index) =>
    example === undefined
      ? []
      : [
          {
            ...example,
            id: `many/${index}`,
            request: { ...example.request, path: `/api/${index}` },
            hits: example.hits.slice(0, 1).map((hit) => ({ ...hit, ruleId: 942000 + (index % 400) })),
            minimal,
          },
        ],
  );
  const report = reportOf(results);
  const [first] = exclusions;
  const many = report.findings.slice(0, exclusionCount).map(
    ({ id, method, path }): Exclusion => ({
      ...(first ?? { effect: 'remove-rule', ruleIds: [942100] }),
      id,
      findings: [id],
      scope: { method, path },
    }),
  );
  return {
    ...report,
    findings: report.findings.map((finding) => ({ ...finding, minimal })),
    exclusions: many,
    verification: { ...verification, cleared: results.map(({ id }) => id), refused: [], leftInForce: [] },
    configurations,
  };
}

function placeOf(index: number) {
  return index % 2 === 0 ? {} : { method: 'POST', path: `/api/${index}` };
}
