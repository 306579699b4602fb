/** One option of a command line. */
export interface Flag {
  readonly long: string;
  readonly short?: string;
  /** What stands for the value in help; absent for a switch. */
  readonly argument?: string;
  /** Takes several values: repeated, separated by commas, or, for files, one after the other. */
  readonly several?: true;
  readonly help: string;
}

export const sharedFlags: readonly Flag[] = [
  {
    long: 'config',
    short: 'c',
    argument: 'file',
    help: 'config file (default: wafproof.config.yaml, where there is one)',
  },
  {
    long: 'reporter',
    short: 'r',
    argument: 'a,b',
    several: true,
    help: 'terminal, json, html (default: all three), junit, sarif, markdown, github, gitlab, csv',
  },
  { long: 'out', short: 'o', argument: 'dir', help: 'folder for reports (default: reports/out)' },
  { long: 'json', help: 'the report as JSON on standard output, everything else on standard error' },
  { long: 'quiet', help: 'no progress and no summary' },
  { long: 'no-color', help: 'no colours' },
  { long: 'help', short: 'h', help: 'this text' },
];

export const baselineFlag: Flag = {
  long: 'baseline',
  argument: 'file',
  help: 'what is known and accepted ("report --update-baseline" writes it): only what is new fails',
};

export const historyFlag: Flag = {
  long: 'history',
  argument: 'file',
  help: 'append the run to this database, and tell which findings are new, flaky and gone',
};

export const selectionFlags: readonly Flag[] = [
  { long: 'grep', argument: 'text', help: 'only cases whose id or title contains the text' },
  { long: 'tag', argument: 'tag', several: true, help: 'only cases with the tag' },
  {
    long: 'shard',
    argument: 'i/n',
    help: 'only part i of n of the cases; auto: as the variables of GitHub, GitLab, CircleCI, Buildkite, Kubernetes or AWS Batch say',
  },
];

export const engineFlags: readonly Flag[] = [
  {
    long: 'crs',
    argument: 'dir',
    help: "a Core Rule Set: a folder that holds rules/ (default: Debian's modsecurity-crs); for check also a release, .tar.gz or .zip",
  },
  {
    long: 'crs-setup',
    argument: 'file',
    help: 'settings of the Core Rule Set (default: the crs-setup.conf beside it)',
  },
  { long: 'paranoia', argument: '1-4', help: 'paranoia level (default: as crs-setup says)' },
  { long: 'threshold', argument: 'n', help: 'inbound anomaly score that blocks (default: as crs-setup says)' },
  { long: 'rules-before', argument: 'file…', several: true, help: 'your own rules, loaded before the Core Rule Set' },
  { long: 'rules-after', argument: 'file…', several: true, help: 'your own rules, loaded after the Core Rule Set' },
  {
    long: 'allow-exec',
    help: 'let your own rules run programs and open connections (exec, @inspectFile, SecRemoteRules, …)',
  },
  { long: 'workers', argument: 'n', help: 'engine processes (default: one a core)' },
];

export const aclFlags: readonly Flag[] = [
  {
    long: 'acl',
    argument: 'file…',
    several: true,
    help: 'a web ACL of AWS WAF: its JSON or template, and files with what it refers to; or its ARN',
  },
  {
    long: 'front',
    argument: 'name',
    help: "what the web ACL is on: alb, cloudfront, api-gateway, appsync, cognito (default: by the ACL's scope)",
  },
];

export const targetFlags: readonly Flag[] = [
  { long: 'target', short: 't', argument: 'name|url', help: 'where to send the cases' },
  { long: 'log', argument: 'file', help: "the WAF's audit log, where the config does not name it" },
  { long: 'connections', argument: 'n', help: 'connections at once (default: 16); begins with 2, one more an answer' },
  { long: 'rate', argument: 'n', help: 'requests a second (default: no limit)' },
  {
    long: 'max-failures',
    argument: 'n',
    help: 'send nothing more after this many failures in a row (default: 20; 0: never)',
  },
];

/** What `tune` sends, where it sends anything. */
export const probeFlags: readonly Flag[] = [
  {
    long: 'probes',
    argument: 'n',
    help: 'shortened requests a finding at most, for what no engine here tells (default: 40)',
  },
  {
    long: 'probe-here',
    help: 'they may go to the path of the request itself, whose application gets what is let through',
  },
];

export const repeatFlags: readonly Flag[] = [
  { long: 'repeat', argument: 'n', help: 'send each case n times, and tell how many were blocked (default: 1)' },
  { long: 'resume', help: 'continue the unfinished run whose journal.jsonl is in the folder for reports' },
];

export const seedFlag: Flag = {
  long: 'seed',
  argument: 'n',
  help: 'another seed makes other values of !random, the same seed the same ones (default: 1)',
};

export const timeoutFlag: Flag = { long: 'timeout', argument: 'ms', help: 'how long one request may take' };

export const tuneFlags: readonly Flag[] = [
  {
    long: 'attacks',
    argument: 'suite',
    several: true,
    help: 'attack corpora or suites that price each exclusion (default: the corpora that ship)',
  },
  { long: 'dialect', argument: 'name', several: true, help: 'how to write exclusions down (default: modsecurity)' },
  {
    long: 'engines',
    argument: 'name',
    several: true,
    help: 'modsecurity2, modsecurity3, coraza: for which engines names are spelled (default: that of the report)',
  },
  {
    long: 'on',
    argument: 'apache|nginx',
    several: true,
    help: 'prove the written files on a real server too, which the lab starts',
  },
  { long: 'max-loss', argument: 'percent', help: 'refuse an exclusion that lets more of the attacks through' },
  {
    long: 'margin',
    argument: 'points',
    help: 'let hits stay, so far under the threshold, where that loses least (default: no hit stays)',
  },
  { long: 'elements', argument: 'n', help: 'make exclusions for elements of an array good for n elements of it' },
  {
    long: 'endpoint',
    argument: 'path',
    several: true,
    help: 'paths that are one endpoint, such as /tickets/{number} or /files/{name}',
  },
  {
    long: 'allow-unread-bodies',
    help: 'let bodies through unseen that cannot be parsed, where no other processor or limit helps',
  },
  { long: 'first-id', argument: 'n', help: 'first number of generated rules (default: 10000)' },
  {
    long: 'no-cache',
    help: 'ask the engine about everything anew (default: what attacks fire, and what --audit has found out, is kept in ~/.cache/wafproof)',
  },
  {
    long: 'audit',
    argument: 'file…',
    several: true,
    help: 'write nothing, and tell of each exclusion in your own files whether it is needed, too broad, not enough or idle',
  },
];
