import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CiService } from '../../model/init-options.js';

/** What is in a folder that gets its first config. */
export interface ProjectSigns {
  /** Absent where it has no package.json. */
  readonly project?: {
    /** It depends on Wafproof. */
    readonly hasTool: boolean;
    /** It has a lock file of npm. */
    readonly isLocked: boolean;
  };
  /** The service whose files are there, or where its repository is. */
  readonly ci?: CiService;
}

export async function lookAround(folder: string): Promise<ProjectSigns> {
  const there = async (name: string) => (await stat(join(folder, name)).catch(() => undefined)) !== undefined;
  const manifest = await readFile(join(folder, 'package.json'), 'utf8').catch(() => undefined);
  const git = await readFile(join(folder, '.git', 'config'), 'utf8').catch(() => '');
  const ci =
    (await there('.gitlab-ci.yml')) || git.includes('gitlab')
      ? 'gitlab'
      : (await there('.github')) || git.includes('github.com')
        ? 'github'
        : undefined;
  return {
    ...(manifest !== undefined && {
      project: { hasTool: dependsOnTool(manifest), isLocked: await there('package-lock.json') },
    }),
    ...(ci !== undefined && { ci }),
  };
}

function dependsOnTool(manifest: string): boolean {
  try {
    const value: unknown = JSON.parse(manifest);
    return ['dependencies', 'devDependencies'].some(
      (kind) => isObject(value) && isObject(value[kind]) && 'wafproof' in value[kind],
    );
  } catch {
    return false;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
