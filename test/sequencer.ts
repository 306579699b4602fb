import { readFileSync } from 'node:fs';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { beginCaddyBuild } from './coraza/caddy-build.js';

/**
 * Files that take more than ten seconds of a core, the longest first: begun last, one of them would go on alone. What Vitest
 * knows of earlier runs, if there are any, decides about the others.
 */
const longest = [
  'pipeline/tune-on-servers',
  'suites',
  'pipeline/tune-settings',
  'e2e/demo',
  'setup/first-run',
  'pipeline/audit',
  'lab/overlapping',
  'setup/interrupted',
  'e2e/killed-run',
  'e2e/wrong-input',
  'report/html/page.browser',
  'pipeline/audit-files',
].map((name) => `/test/${name}.test.ts`);

/** Runs the longest files first, and last those that wait for Caddy, which is built while the others run. */
export class Sequencer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    if (sorted.some(needsCaddy)) beginCaddyBuild();
    return sorted.toSorted((one, other) => turnOf(one) - turnOf(other));
  }
}

function turnOf(file: TestSpecification): number {
  if (needsCaddy(file)) return longest.length + 1;
  const place = longest.findIndex((end) => file.moduleId.endsWith(end));
  return place < 0 ? longest.length : place;
}

function needsCaddy({ moduleId }: TestSpecification): boolean {
  return readFileSync(moduleId, 'utf8').includes('/caddy-build.js');
}
