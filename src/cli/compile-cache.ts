import module from 'node:module';
import { isAbsolute, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Has Node keep what it has compiled, so that the next start is spared that. Node 22 and later can; an earlier one starts as
 * ever. The folder is the user's own: what lies there is executed, so it must not be one that others can write to.
 * Node itself reads `NODE_COMPILE_CACHE`, which names another, and `NODE_DISABLE_COMPILE_CACHE`.
 */
export function keepCompiledCode(env: Environment): void {
  const folder = env['NODE_COMPILE_CACHE'] ?? ownCacheFolder(env);
  if (folder === undefined || !('enableCompileCache' in module)) return;
  if (typeof module.enableCompileCache === 'function') module.enableCompileCache(folder);
}

function ownCacheFolder({ XDG_CACHE_HOME: caches, HOME: home }: Environment): string | undefined {
  if (caches !== undefined && isAbsolute(caches)) return join(caches, 'wafproof', 'compiled');
  return home === undefined || !isAbsolute(home) ? undefined : join(home, '.cache', 'wafproof', 'compiled');
}
