/** The YAML tags of suites, and what stands after each. */
export function tagRows(): readonly (readonly [string, string])[] {
  return [
    [
      '`!each`',
      'each value of a corpus in turn, a case a value: `!each wafproof:legitimate/names`, a file, a folder, a glob; or a sample: `!each { from: …, take: 50, seed: 7 }`',
    ],
    ['`!file`', 'the content of a file, relative to the suite: `!file fixtures/notes.md`'],
    ['`!base64`', 'the bytes that a base64 text stands for: `!base64 AAEC`'],
    ['`!env`', 'an environment variable, which is redacted in reports: `!env STAGING_PASSWORD`'],
    ['`!session`', 'a value of the session of the target, which is redacted in reports: `!session csrf_token`'],
    [
      '`!random`',
      'a value made anew for each case, the same with the same `--seed`: `!random uuid`, `!random hex 32`, `base64` or `token`',
    ],
  ];
}
