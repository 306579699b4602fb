import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../src/util/package-root.js';
import { reportIn, start } from '../e2e/command.js';
import { folderOf } from '../suite/suite-folder.js';
import { guardBy } from './guarded-site.js';

export const examples = join(packageRoot, '.github/examples/applications');

/** Runs an example against its application, behind a WAF that lets all pass and says what it would refuse: ids, verdicts and statuses. */
export async function runExample(name: string, upstream: string, secrets: NodeJS.ProcessEnv) {
  const folder = await folderOf({});
  await cp(join(examples, name), folder, { recursive: true });
  const lab = ['lab', '--port', '0', '--mode', 'detect', '--upstream', upstream, '--audit-log', 'audit.log'];
  const { url } = await guardBy(lab, folder);
  const config = join(folder, 'wafproof.config.yaml');
  const text = await readFile(config, 'utf8');
  await writeFile(config, text.replace(/url: https:.*/, `url: ${url}`).replace(/log: \/var.*?\}/, 'log: audit.log }'));
  const env = { ...process.env, ...secrets };
  const { stderr } = await start(['run', '-t', 'staging', '-r', 'json', '-o', 'out'], { cwd: folder, env }).ended;
  const { results } = await reportIn(join(folder, 'out')).catch(() => Promise.reject(new Error(stderr)));
  return results.map(({ id, verdict, status }) => {
    const why = verdict.kind === 'inconclusive' ? verdict.reason : verdict.kind;
    return [id.replace(/.*\//, ''), why, status] as const;
  });
}
