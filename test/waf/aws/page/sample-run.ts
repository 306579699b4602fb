import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonValue } from '../../../../src/model/request.js';
import { wafproof } from '../../../cli/command-line.js';
import { apiAnswer, apiRule } from '../source/acl-text.js';

const suite = `suite: Help desk
cases:
  - { id: plain, method: POST, path: /notes, form: { text: hello } }
  - { id: sql, because: Support staff paste SQL, method: POST, path: /notes, form: { text: how to UNION SELECT a name } }
  - { id: api, method: POST, path: /api/notes, json: { text: a union select b } }
  - { id: docs, path: /search, query: { q: docs ../readme } }
  - { id: admin, path: /admin/help }
`;

function contains(search: string, field: JsonValue, position = 'CONTAINS'): JsonValue {
  const transformations = ['URL_DECODE', 'LOWERCASE'].map((Type, Priority) => ({ Type, Priority }));
  return {
    ByteMatchStatement: {
      SearchString: Buffer.from(search).toString('base64'),
      FieldToMatch: field,
      TextTransformations: transformations,
      PositionalConstraint: position,
    },
  };
}

function named(name: string, priority: number, statement: JsonValue) {
  const visibility = { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: name };
  return apiRule(statement, { Name: name, Priority: priority, VisibilityConfig: visibility });
}

const rules = [
  named('no-union', 1, contains('union select', { Body: { OversizeHandling: 'CONTINUE' } })),
  named('no-traversal', 2, contains('../', { QueryString: {} })),
  named('no-admin', 3, contains('/admin', { UriPath: {} }, 'STARTS_WITH')),
];
const webAcl = apiAnswer(rules, { Id: '11111111-2222-3333-4444-555555555555' });

const dialects = 'terraform,cloudformation,cdk,aws-json';

/** Runs against a web ACL that refuses four of five legitimate requests, with exclusions for them in all dialects: where its files are. */
export async function sampleRun(folder: string) {
  await writeFile(join(folder, 's.yaml'), suite);
  await writeFile(join(folder, 'acl.json'), JSON.stringify(webAcl));
  await wafproof(['check', 's.yaml', '--acl', './acl.json', '--tune', '--dialect', dialects, '--out', './out'], {
    folder,
  });
  const out = join(folder, 'out');
  return { acl: join(folder, 'acl.json'), page: join(out, 'report.html'), report: join(out, 'report.json') };
}
