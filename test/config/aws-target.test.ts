import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { resolveTarget } from '../../src/config/resolve-target.js';
import { surroundings } from '../../src/pipeline/open-places.js';
import { openAws } from '../../src/waf/aws/session.js';
import { configOf } from './config-folder.js';

async function wafOf(waf: string, log?: string) {
  const config = await configOf(`targets: { edge: { url: https://edge.example.com, waf: ${waf} } }`);
  const target = resolveTarget(config, log === undefined ? {} : { log });
  return { ...target.waf, folder: config.folder };
}

test('a log in a file or of a command is read as that of any WAF, relative to the config', async () => {
  const inFile = await wafOf('{ kind: aws, webAcl: acl.json, logs: { file: logs/waf.log } }');
  expect(inFile).toMatchObject({ kind: 'aws', log: [join(inFile.folder, 'logs/waf.log')] });
  expect(dirname(inFile.webAcl ?? '')).toBe(inFile.folder);
  expect(await wafOf('{ kind: aws, logs: { command: aws logs tail x --follow } }')).toMatchObject({
    log: [{ command: 'aws logs tail x --follow' }],
  });
});

test('an ARN, a region and what is read over the network are kept as they are', async () => {
  const arn = 'arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/shop/1';
  const { folder: _, ...waf } = await wafOf(
    `{ kind: aws, webAcl: "${arn}", region: eu-central-1, samples: true, logs: { cloudwatch: aws-waf-logs-shop } }`,
  );
  expect(waf).toEqual({
    kind: 'aws',
    webAcl: arn,
    region: 'eu-central-1',
    samples: true,
    logs: { cloudwatch: 'aws-waf-logs-shop' },
  });
});

test('the command line names another log', async () => {
  expect(await wafOf('{ kind: aws, logs: { s3: "s3://aws-waf-logs-shop" } }', '/tmp/other.log')).toMatchObject({
    log: '/tmp/other.log',
  });
});

test.each(['{ kind: aws, log: waf.log }', '{ kind: aws, logs: { file: a, command: b } }', '{ kind: awz }'])(
  '%s is no shape of it',
  async (waf) => {
    await expect(wafOf(waf)).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  },
);

test('a target of which nothing tells is refused with what can be named', async () => {
  const open = (waf: object) => openAws({ waf: { kind: 'aws', ...waf } }, surroundings('w7-bcdfghjk-'));
  await expect(open({})).rejects.toMatchObject({ code: 'LOG_MISSING' });
  await expect(open({})).rejects.toThrow(/logs: \{ cloudwatch: GROUP \}.*samples: true with webAcl: ARN/);
  await expect(open({ samples: true })).rejects.toThrow(/samples are asked for by the ARN.*webAcl: arn:/);
  await expect(open({ logs: { s3: 's3://aws-waf-logs-shop' } })).rejects.toThrow(/S3 are found by the ARN/);
});
