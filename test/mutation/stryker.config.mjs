/** Changes the code of the rooms that decide something, one place at a time, and runs their tests on each change. */
export default {
  mutate: ['src/{compare,evidence,exclude,minimize,prove,request,triage}/**/*.ts'],
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'test/mutation/vitest.config.ts' },
  // Vitest does not look at types.
  disableTypeChecks: false,
  ignorePatterns: ['/dist', '/dist.*'],
  tempDirName: 'reports/out/mutation/sandboxes',
  cleanTempDir: 'always',
  reporters: ['clear-text', 'progress', 'html', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: true },
  htmlReporter: { fileName: 'reports/out/mutation/index.html' },
  jsonReporter: { fileName: 'reports/out/mutation/mutation.json' },
  warnings: { slow: false },
  thresholds: { high: 95, low: 90, break: 85 },
};
