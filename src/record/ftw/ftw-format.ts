import { fail } from '../../model/error.js';
import type { ImportFormat, ImportSource } from '../import-format.js';

/**
 * The regression tests of the Core Rule Set and of its plugins (FTW, github.com/coreruleset/ftw-tests-schema), a file or a
 * folder with any number of them below. What is sent is what go-ftw sends.
 */
export const ftwFormat: ImportFormat = {
  summary: 'regression tests of the Core Rule Set, a file or a folder',
  read: async (source, { cwd }) => (await import('./read-ftw.js')).readFtw(pathOf(source), cwd),
};

/** Tests lie in files and folders. */
function pathOf({ path, shown }: ImportSource): string {
  if (path !== undefined) return path;
  throw fail(
    'IMPORT_UNREADABLE',
    { reason: 'tests are read from files and folders; name one' },
    { place: { file: shown } },
  );
}
