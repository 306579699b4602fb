import { readFileSync } from 'node:fs';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { beginCaddyBuild } from './coraza/caddy-build.js';
import { longestFiles } from './longest-files.js';

/** Runs the longest files first, and last those that wait for Caddy, which is built while the others run. */
export class Sequencer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    if (sorted.some(needsCaddy)) beginCaddyBuild();
    return sorted.toSorted((one, other) => turnOf(one) - turnOf(other));
  }
}

function turnOf(file: TestSpecification): number {
  if (needsCaddy(file)) return longestFiles.length + 1;
  const place = longestFiles.findIndex((end) => file.moduleId.endsWith(`/${end}`));
  return place < 0 ? longestFiles.length : place;
}

function needsCaddy({ moduleId }: TestSpecification): boolean {
  return readFileSync(moduleId, 'utf8').includes('/caddy-build.js');
}
