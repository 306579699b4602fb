import type { Command } from '../command.js';
import { aclFlags, engineFlags, type Flag, sharedFlags } from '../flags.js';
import { recordInBrowser } from '../record-browser-job.js';
import { defaultRecorded, defaultReport } from '../record-place.js';
import { recordTests } from '../record-tests-job.js';

const recordFlags: readonly Flag[] = [
  { long: 'out', short: 'o', argument: 'dir', help: `folder for the suite (default: ${defaultRecorded})` },
  { long: 'name', argument: 'name', help: 'name of the suite (default: recorded)' },
  { long: 'force', help: 'overwrite a suite that is there' },
  { long: 'report', argument: 'dir', help: `folder for reports (default: ${defaultReport})` },
  { long: 'upstream', argument: 'url', help: 'the application that the command tests; it is asked through a proxy' },
  { long: 'port', argument: 'n', help: 'port of that proxy on 127.0.0.1 (default: a free one)' },
  {
    long: 'results',
    argument: 'path…',
    several: true,
    help: 'what the command writes of its tests, to tell by their times which test sent what: JUnit XML, the JSON of Playwright, newman, Jest or Vitest; files, globs, or folders of them',
  },
  {
    long: 'waf',
    argument: 'kind',
    help: 'in a browser: go through the lab, and tell while one clicks what it would refuse: embedded, apache, nginx or aws',
  },
  { long: 'mode', argument: 'mode', help: 'what the lab does: detect (default), so that one can go on, or block' },
  { long: 'login', argument: 'file', help: 'a module that logs in before anything is recorded' },
  { long: 'script', argument: 'file', help: 'a module that clicks in the place of a person; no window is opened' },
  {
    long: 'storage',
    argument: 'file',
    help: "cookies and storage to begin with, as Playwright's storageState saves them",
  },
  { long: 'har', argument: 'file', help: 'write an HTTP archive of the recording as well, without its secrets' },
  { long: 'origin', argument: 'url', several: true, help: 'record requests to these applications too' },
  { long: 'keep-get', help: 'record GET and HEAD as well; with a WAF, those that it would refuse are recorded anyway' },
  { long: 'resolve', argument: 'name=address', several: true, help: 'the address of a name: shop.test=127.0.0.1:8080' },
  { long: 'ca', argument: 'file', help: 'certificates to trust, in PEM, such as that of the application' },
  { long: 'crawl', argument: 'n', help: 'look for forms on up to n pages, and make a case of each' },
  { long: 'submit', help: 'submit those forms; without it nothing is sent' },
  { long: 'headed', help: 'with a window (default, unless a script or --crawl does the work)' },
  { long: 'headless', help: 'without a window' },
];

export const recordCommand: Command = {
  name: 'record',
  summary:
    'Records what is sent from a browser, or by tests that there are already, as a suite, and tells what a WAF would refuse of it',
  operands: '<url> | --upstream <url> -- <command…>',
  flags: [
    ...recordFlags,
    ...engineFlags,
    ...aclFlags,
    ...sharedFlags.filter(({ long }) => long !== 'out' && long !== 'config'),
  ],
  examples: [
    'wafproof record https://staging.shop.test',
    'wafproof record http://localhost:3000 --waf embedded',
    'wafproof record http://localhost:8000/admin/ --login login.mjs --crawl 30',
    'wafproof record http://localhost:3000 --script clicks.mjs --har recorded.har',
    'wafproof record --upstream http://localhost:3000 -- npx playwright test',
    'wafproof record --upstream http://localhost:3000 --results test-results.json -- npx playwright test',
    'wafproof record --upstream http://localhost:3000 --results target/surefire-reports -- mvn -B verify',
    'wafproof record --upstream http://localhost:3000 -- newman run shop.postman_collection.json --env-var baseUrl=$WAFPROOF_URL',
    "wafproof record --upstream http://localhost:3000 --force -- sh -c 'curl -F title=Hello $WAFPROOF_URL/notes'",
  ],
  run: (args, io) => (args.text('upstream') === undefined ? recordInBrowser(args, io) : recordTests(args, io)),
};
