import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail } from '../model/error.js';
import type { InitOptions } from '../model/init-options.js';
import { reasonOf } from '../util/reason-of.js';
import { firstConfig } from './init/first-config.js';
import { type Call, firstJob } from './init/first-job.js';
import { firstSuite } from './init/first-suite.js';
import { lookAround, type ProjectSigns } from './init/look-around.js';
import { toolVersion } from './tool-version.js';

/** Files by their paths in the folder. */
export interface Initialised {
  readonly written: readonly string[];
  /** They were there already and stay as they are. */
  readonly kept: readonly string[];
  /** What is left to be done by hand, in words. */
  readonly next: readonly string[];
}

/**
 * Writes a first config, suite and CI job into a folder; files that are there stay as they are.
 * @throws WafproofError `OUTPUT_UNWRITABLE`
 */
export async function init(folder: string, options: InitOptions = {}): Promise<Initialised> {
  const around = await lookAround(folder);
  const written: string[] = [];
  const kept: string[] = [];
  for (const [name, content] of Object.entries(filesFor(options, around))) {
    const path = join(folder, name);
    if (await exists(path)) {
      kept.push(name);
      continue;
    }
    await writeNew(path, content);
    written.push(name);
  }
  return { written, kept, next: nextSteps(options, around) };
}

function filesFor(options: InitOptions, around: ProjectSigns): Readonly<Record<string, string>> {
  const { ci = around.ci ?? 'none', webAcl } = options;
  const hasTool = around.project?.hasTool === true;
  const call: Call = {
    command: hasTool ? 'npx wafproof' : `npx --yes wafproof@${toolVersion()}`,
    ...(hasTool && { install: around.project.isLocked ? 'npm ci' : 'npm install' }),
    ...(webAcl !== undefined && { webAcl }),
  };
  const job = ci === 'none' ? undefined : firstJob(ci, call);
  const schema = hasTool ? '../node_modules/wafproof/suites/suite.schema.json' : undefined;
  return {
    'wafproof.config.yaml': firstConfig(options),
    'suites/comments.yaml': firstSuite(schema),
    ...(job !== undefined && { [job.path]: job.text }),
  };
}

function nextSteps({ webAcl, url }: InitOptions, { project }: ProjectSigns): readonly string[] {
  return [
    ...(project?.hasTool === false ? ['"npm install --save-dev wafproof" makes it a dependency of this project'] : []),
    webAcl === undefined
      ? '"wafproof check" evaluates the suite on the embedded engine'
      : `"wafproof check --acl ${webAcl}" evaluates the suite on the web ACL`,
    ...(url === undefined ? [] : ['"wafproof doctor --target staging" looks whether staging can be tested']),
  ];
}

async function writeNew(path: string, content: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content, { flag: 'wx' });
  } catch (cause) {
    throw fail(
      'OUTPUT_UNWRITABLE',
      { reason: reasonOf(cause), advice: 'run "wafproof init" in a folder where you may write' },
      { place: { file: path }, cause },
    );
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
