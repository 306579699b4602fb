import type { ImportFormat } from '../import-format.js';

/**
 * The regression tests of the Core Rule Set and of its plugins (FTW, github.com/coreruleset/ftw-tests-schema), a file or a
 * folder with any number of them below. What is sent is what go-ftw sends.
 */
export const ftwFormat: ImportFormat = {
  summary: 'regression tests of the Core Rule Set, a file or a folder',
  read: async (path, cwd) => (await import('./read-ftw.js')).readFtw(path, cwd),
};
