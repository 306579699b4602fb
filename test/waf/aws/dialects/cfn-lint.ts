import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pythonPackages } from '../../../python/packages.js';

/** Where cfn-lint is; nothing where there is no Python. */
export function findLinter(): string | undefined {
  return pythonPackages({
    requirements: ['cfn-lint==1.58.0'],
    leftOut: 'the tests that have CloudFormation templates checked by cfn-lint',
  });
}

/** What cfn-lint has against a template; nothing where it has nothing. */
export function lint(linter: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'wafproof-cfn-'));
  try {
    const file = join(folder, 'template.json');
    writeFileSync(file, text);
    const env = { ...process.env, PYTHONPATH: linter };
    const { stdout, stderr, status } = spawnSync(
      'python3',
      ['-c', 'from cfnlint.runner import main; main()', '--format', 'parseable', file],
      { env, encoding: 'utf8' },
    );
    return status === 0 ? '' : `${stdout}${stderr}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
