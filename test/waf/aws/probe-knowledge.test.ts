import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { awsProbeKnowledge } from '../../../src/waf/aws/probe-knowledge.js';
import { folderOf } from '../../suite/suite-folder.js';
import { sampleWebAcl } from './sample-web-acl.js';

test('a web ACL in a file tells its limits, and an ARN tells none', async () => {
  const file = join(await folderOf({}), 'acl.json');
  await writeFile(file, JSON.stringify({ WebACL: sampleWebAcl }));
  const { rules } = await awsProbeKnowledge({ webAcl: file }, {});
  expect(rules?.limits.length).toBeGreaterThan(0);
  expect((await awsProbeKnowledge({ webAcl: 'arn:aws:wafv2:eu-west-1:1:x' }, {})).rules).toBeUndefined();
});
