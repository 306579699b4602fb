/**
 * Files that take more than ten seconds of a core, the longest first: begun last, one of them would go on alone. What Vitest
 * knows of earlier runs, if there are any, decides about the others.
 */
export const longestFiles: readonly string[] = [
  'suites',
  'pipeline/tune-on-servers',
  'e2e/demo',
  'pipeline/audit',
  'waf/modsecurity/lab/overlapping',
  'pipeline/tune-settings',
  'e2e/wrong-input',
  'e2e/killed-run',
  'report/html/page.browser',
  'pipeline/audit-files',
].map((name) => `test/${name}.test.ts`);
