import { homedir } from 'node:os';
import { packageRoot } from '../../src/util/package-root.js';
import { runIn } from './place.js';
import { self } from './users.js';

/** The paths of all that `npm pack` would take of this tree, which is built. */
export async function packedFiles(): Promise<readonly string[]> {
  const here = { user: self, folder: packageRoot, home: homedir() };
  const { code, stdout, stderr } = await runIn(here, ['npm', 'pack', '--dry-run', '--json', '--ignore-scripts']);
  if (code !== 0) throw new Error(`npm pack ended with ${code}: ${stderr}`);
  const [{ files }] = JSON.parse(stdout);
  return files.map(({ path }: { readonly path: string }) => path);
}
