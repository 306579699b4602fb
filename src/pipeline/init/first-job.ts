import type { CiService } from '../../model/init-options.js';

/** How a project installs and calls Wafproof. */
export interface Call {
  /** Installs what the project depends on; absent where it has no packages. */
  readonly install?: string;
  /** Such as `npx wafproof`. */
  readonly command: string;
  /** What is evaluated: nothing for the embedded engine, else a web ACL. */
  readonly webAcl?: string;
}

/** A file for a CI service. */
export interface FirstJob {
  readonly path: string;
  readonly text: string;
}

const packages = 'libmodsecurity3 modsecurity-crs';

/** A job that checks the suites on every change. */
export function firstJob(service: CiService, call: Call): FirstJob {
  switch (service) {
    case 'github':
      return { path: '.github/workflows/wafproof.yml', text: githubWorkflow(call) };
    case 'gitlab':
      return { path: '.gitlab-ci.yml', text: gitlabPipeline(call) };
  }
}

function checkWords({ command, webAcl }: Call, reporters: string): string {
  return `${command} check${webAcl === undefined ? '' : ` --acl ${webAcl}`} --reporter ${reporters}`;
}

function githubWorkflow(call: Call): string {
  const { install, webAcl } = call;
  const engine = `
      - name: Install the ModSecurity engine and the Core Rule Set
        run: sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages}
`;
  const credentials = `
        env:
          AWS_ACCESS_KEY_ID: \${{ secrets.AWS_ACCESS_KEY_ID }}
          AWS_SECRET_ACCESS_KEY: \${{ secrets.AWS_SECRET_ACCESS_KEY }}`;
  return `# Says on each pull request whether the WAF would block a legitimate request of the suites.
name: WAF

on:
  push:
    branches: [main]
  pull_request:

permissions:
  contents: read

jobs:
  check:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    steps:
      - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0
        with:
          persist-credentials: false

      - uses: actions/setup-node@2028fbc5c25fe9cf00d9f06a71cc4710d4507903 # v6.0.0
        with:
          node-version: 22
${install === undefined ? '' : `\n      - run: ${install}\n`}${webAcl === undefined ? engine : ''}
      - name: Check the suites
        run: ${checkWords(call, 'terminal,github,json,html')}${webAcl === undefined ? '' : credentials}

      - name: Keep the report
        if: \${{ !cancelled() }}
        uses: actions/upload-artifact@330a01c490aca151604b8cf639adc76d48f6c5d4 # v5.0.0
        with:
          name: wafproof-report
          path: reports/out/
          if-no-files-found: ignore
`;
}

function gitlabPipeline(call: Call): string {
  const { install, webAcl } = call;
  const scripts = [
    ...(webAcl === undefined ? [`apt-get update && apt-get install -y --no-install-recommends ${packages}`] : []),
    ...(install === undefined ? [] : [install]),
    checkWords(call, 'terminal,gitlab,junit,json,html'),
  ];
  return `# Says on each merge request whether the WAF would block a legitimate request of the suites.
waf:
  image: node:22-bookworm
  script:
${scripts.map((line) => `    - ${line}\n`).join('')}  artifacts:
    when: always
    paths: [reports/out/]
    reports:
      codequality: reports/out/gl-code-quality-report.json
      junit: reports/out/junit.xml
`;
}
