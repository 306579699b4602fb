import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { closest } from '../util/closest.js';
import { packageRoot } from '../util/package-root.js';

/** What the name of anything begins with that comes with the package. */
export const shipped = 'wafproof:';
const ofApplications = 'applications/';
const suitesFolder = join(packageRoot, 'suites');
const applicationsFolder = join(packageRoot, '.github/examples/applications');

/** Whether a pattern names suites that come with the package. */
export function isShipped(pattern: string): boolean {
  return pattern.startsWith(shipped);
}

/** The files of suites that ship: `wafproof:webhooks`, or those of an application, `wafproof:applications/django`. */
export async function shippedSuites(pattern: string): Promise<readonly string[]> {
  const name = pattern.slice(shipped.length);
  if (!(await shippedNames()).includes(name)) return [];
  if (!name.startsWith(ofApplications)) return [join(suitesFolder, `${name}.yaml`)];
  const folder = join(applicationsFolder, name.slice(ofApplications.length), 'suites');
  return (await namesIn(folder, '.yaml')).map((stem) => join(folder, `${stem}.yaml`));
}

/** What may have been meant by a name that no shipped suite has. */
export async function similarTo(pattern: string): Promise<{ readonly suggestion?: string }> {
  if (!isShipped(pattern)) return {};
  const near = closest(pattern.slice(shipped.length), await shippedNames());
  return near === undefined ? {} : { suggestion: `${shipped}${near}` };
}

async function shippedNames(): Promise<readonly string[]> {
  const applications = await namesIn(applicationsFolder, '');
  return [...(await namesIn(suitesFolder, '.yaml')), ...applications.map((name) => `${ofApplications}${name}`)];
}

async function namesIn(folder: string, ending: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  return names.filter((name) => name.endsWith(ending)).map((name) => name.slice(0, name.length - ending.length));
}
