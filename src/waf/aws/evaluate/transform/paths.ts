/** Removes repeated slashes, `/./`, and `/../` with what it leads back from, as ModSecurity's `normalizePath`. */
export function normalizePath(path: string): string {
  if (path === '') return path;
  const isRooted = path.startsWith('/');
  const kept: string[] = [];
  let isFolder = false;
  for (const part of path.split('/')) {
    isFolder = part === '';
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (!isRooted) kept.push(part);
  }
  const joined = `${isRooted ? '/' : ''}${kept.join('/')}`;
  return isFolder && kept.length > 0 ? `${joined}/` : joined;
}

/** `normalizePath` with backslashes as slashes. */
export function normalizePathWin(path: string): string {
  return normalizePath(path.replaceAll('\\', '/'));
}
