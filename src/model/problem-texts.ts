/** Which options start no server, command by command. */
const withoutServer = '"wafproof lab" with --waf embedded, "wafproof tune" without --on';

/**
 * Every problem that can stop a job, by its stable code. A text says what is wrong, then what to do next.
 * Each code has a test that makes it happen.
 */
export const problemTexts = {
  // Command line and config
  USAGE: (d: { message: string; command?: string }) =>
    `${d.message}; see "wafproof ${d.command === undefined ? '' : `${d.command} `}--help"`,
  CONFIG_NOT_FOUND: () => 'there is no such config file; "wafproof init" writes a first one',
  CONFIG_INVALID: (d: { message: string }) => d.message,
  TARGET_UNKNOWN: (d: { name: string; known: readonly string[] }) =>
    `there is no target "${d.name}"; ${d.known.length === 0 ? 'the config names none' : `the config names ${d.known.join(', ')}`}; a URL works too`,
  TARGET_MISSING: () => 'no target to send to; name one with --target NAME or --target URL',
  INTERRUPTED: () => 'interrupted; nothing was written',
  OUTPUT_UNWRITABLE: (d: { reason: string; advice?: string }) =>
    `cannot write here (${d.reason}); ${d.advice ?? 'choose another folder with --out'}`,
  OUTPUT_LOCKED: (d: { by?: { what: string; pid: number; host: string; since: string }; file: string }) =>
    `another process writes here${d.by === undefined ? '' : `: "${d.by.what}", process ${d.by.pid} on ${d.by.host}, since ${d.by.since}`}; wait until it ends, or choose another folder with --out (if it is gone for certain, remove ${d.file})`,
  OUTPUT_NOT_OURS: () =>
    'is there already and was not written by Wafproof; move it away, or choose another folder with --out',
  MACHINE_EXHAUSTED: (d: { what: string; next: string }) =>
    `this machine has no more ${d.what}; ${d.next}, and run it again (a run goes on with --resume)`,
  DIALECT_UNKNOWN: (d: { name: string; known: readonly string[] }) =>
    `there is no dialect "${d.name}"; known are ${d.known.join(', ')}`,
  ENGINE_UNKNOWN: (d: { name: string; known: readonly string[] }) =>
    `there is no engine "${d.name}" to spell exclusions for; known are ${d.known.join(', ')}`,
  WAF_NO_TUNING: (d: { name: string }) =>
    `exclusions for ${d.name} can be neither searched nor proved; make the report with another WAF`,
  REPORTER_UNKNOWN: (d: { name: string; known: readonly string[] }) =>
    `there is no reporter "${d.name}"; known are ${d.known.join(', ')}`,
  REPORTER_FAILED: (d: { name: string; reason: string }) =>
    `the reporter "${d.name}" failed (${d.reason}); what the others wrote is whole, and "wafproof report" renders report.json again`,

  // Suites and corpora
  SUITE_NOT_FOUND: (d: { pattern: string; suggestion?: string }) =>
    d.suggestion === undefined
      ? `no suite file matches "${d.pattern}"; name a .yaml file, a folder or a glob`
      : `no suite that ships is called "${d.pattern}"; did you mean "${d.suggestion}"?`,
  SUITE_NONE: () =>
    'no suites; name them as arguments or under "suites" in the config, or put them into suites/ ("wafproof init" writes a first one)',
  SUITE_UNREADABLE: (d: { reason: string }) => `cannot be read: ${d.reason}`,
  SUITE_TOO_LARGE: (d: { bytes: number; limit: number }) =>
    `is ${d.bytes} bytes long and a suite may have ${d.limit}; move values into a corpus and use !each`,
  SUITE_NOT_TEXT: () => 'is not UTF-8 text; a suite is a YAML file',
  SUITE_YAML: (d: { reason: string }) => `is not valid YAML: ${d.reason}`,
  SUITE_UNKNOWN_KEY: (d: { key: string; of: string; suggestion?: string }) =>
    `"${d.key}" is not a key of ${d.of}${d.suggestion === undefined ? '' : `; did you mean "${d.suggestion}"?`}`,
  SUITE_INVALID: (d: { message: string }) => d.message,
  SUITE_DUPLICATE_ID: (d: { id: string; first: string }) =>
    `the id "${d.id}" is taken by ${d.first}; ids are unique within a run`,
  SUITE_ONLY_IN_CI: () => '"only" is for local use; remove it before the suite runs in CI',
  SUITE_NO_CASES: (d: { filter: string }) => `no case is left after ${d.filter}; loosen the filter`,
  FILE_MISSING: (d: { path: string }) => `there is no file "${d.path}"; paths are relative to the suite file`,
  FILE_TOO_LARGE: (d: { path: string; bytes: number; limit: number }) =>
    `"${d.path}" is ${d.bytes} bytes long and a body may have ${d.limit}`,
  FILE_UNREADABLE: (d: { path: string; reason: string }) => `"${d.path}" cannot be read: ${d.reason}`,
  FILE_NOT_TEXT: (d: { path: string }) =>
    `"${d.path}" is not UTF-8 text, and only a body or a part of a multipart body can carry bytes`,
  ENV_EMPTY: (d: { name: string }) =>
    `the environment variable ${d.name} is empty; give it a value, or check that this job may read the secret`,
  ENV_MISSING: (d: { name: string }) => `the environment variable ${d.name} is not set; export it before the run`,
  CORPUS_MISSING: (d: { name: string; suggestion?: string }) =>
    `there is no corpus "${d.name}"${d.suggestion === undefined ? '' : `; did you mean "${d.suggestion}"?`}`,
  CORPUS_INVALID: (d: { message: string }) => d.message,

  // Exclusion files that are audited
  AUDIT_UNREADABLE: (d: { reason: string }) => `cannot be read: ${d.reason}; name your exclusion files after --audit`,
  AUDIT_NOTHING: () =>
    'holds no exclusion: no ctl action, SecRuleRemove… or SecRuleUpdate…; name the files that hold yours after --audit',
  AUDIT_REFUSED: (d: { reason: string }) =>
    `the engine does not load this file as it is: ${d.reason}; mend it, or leave the file out`,

  // Web ACLs
  ACL_NONE: () =>
    'no web ACL is named; name the file with it by --acl: the answer of "aws wafv2 get-web-acl", a template, or what Terraform shows',
  ACL_FRONT_UNKNOWN: (d: { name: string; known: readonly string[] }) =>
    `"${d.name}" is nothing that AWS WAF stands on; there is ${d.known.join(', ')}`,
  ACL_UNREADABLE: (d: { reason: string }) => `cannot be read: ${d.reason}; name a file with a web ACL`,
  ACL_INVALID: (d: { reason: string }) =>
    `holds no web ACL: ${d.reason}; name the answer of "aws wafv2 get-web-acl", a CloudFormation template, the output of "cdk synth" or "terraform show -json", or Terraform source`,
  ACL_MISSING: () =>
    'only what a web ACL refers to is in the files; name the file with the web ACL, such as the answer of "aws wafv2 get-web-acl", as well',
  ACL_SEVERAL: (d: { names: string; example: string }) =>
    `there is more than one web ACL (${d.names}); name one of them, as in ${d.example}`,
  ACL_NOT_FOUND: (d: { name: string; known: string }) => `there is no web ACL "${d.name}" in it; there is ${d.known}`,

  // What other tools wrote
  IMPORT_UNREADABLE: (d: { reason: string }) => `cannot be read: ${d.reason}`,
  IMPORT_INVALID: (d: { reason: string }) => `cannot be imported: ${d.reason}`,
  IMPORT_EMPTY: (d: { wanted: string }) => `holds nothing to import: no ${d.wanted}; name another file or folder`,
  OUTPUT_EXISTS: (d: { others: number }) =>
    `is there already${d.others === 0 ? '' : `, as ${d.others === 1 ? 'another file is' : `${d.others} other files are`}`}; choose another folder with --out, or overwrite with --force`,

  // The embedded engine
  ENGINE_MISSING: (d: { install: string }) => `the ModSecurity engine is not installed; ${d.install}`,
  ENGINE_START: (d: { reason: string }) => `the ModSecurity engine did not start: ${d.reason}`,
  CRS_MISSING: (d: { dir: string; install: string }) =>
    `there is no Core Rule Set in "${d.dir}": a folder that holds rules/*.conf is needed; ${d.install}`,
  CRS_SETUP_MISSING: () =>
    'the Core Rule Set has no crs-setup.conf or crs-setup.conf.example beside its rules/, and refuses every request without one; name yours with --crs-setup',
  CRS_ARCHIVE: (d: { reason: string }) =>
    `this archive cannot be taken for a Core Rule Set: ${d.reason}; name a release of the project as .tar.gz or .zip, or a folder that holds rules/`,
  RULES_INVALID: (d: { reason: string }) => `the engine does not load this rule file: ${d.reason}`,
  RULES_NOT_FOUND: () => 'there is no such rule file',
  RULES_EXECUTE: (d: { what: string; does: string }) =>
    `"${d.what}" ${d.does}; take it out, or say --allow-exec where you trust whoever wrote the file`,

  // Targets and logs
  TARGET_UNREACHABLE: (d: { url: string; reason: string; cure?: string }) =>
    `${d.url} does not answer (${d.reason}); ${d.cure ?? 'check that it is up and that this machine may reach it'}`,
  CA_UNREADABLE: (d: { reason: string }) =>
    `cannot be read as certificates (${d.reason}); "ca" of a target, and --ca, name a file with certificates in PEM`,
  PROXY_INVALID: (d: { variable: string }) =>
    `the environment variable ${d.variable} is not the URL of an http or https proxy; correct it, or name the host of the target in NO_PROXY`,
  TARGET_SILENT: (d: { url: string; timeoutMs: number }) =>
    `${d.url} accepted the connection and gave no answer in ${d.timeoutMs} ms; raise --timeout or check the server`,
  LOG_MISSING: (d: { reason: string }) =>
    `the WAF's log cannot be read (${d.reason}); set waf.log of the target or --log`,
  TRIAGE_UNREADABLE: (d: { what: string; reason: string }) =>
    `"${d.what}" cannot be read: ${d.reason}; name a saved answer, a HAR file or a log, or - for standard input`,
  LOG_UNREADABLE: (d: { reason: string }) =>
    `cannot be read: ${d.reason}; name log files, folders of logs, or - for standard input`,
  LOG_UNKNOWN: (d: { seen: string }) =>
    `no log of a WAF that is known is in what was named (${d.seen}); name the WAF's audit log or the server's error log`,
  EVIDENCE_NONE: (d: { reason: string; holds?: string }) =>
    `no request could be found in the WAF's log (${d.reason}${d.holds === undefined ? '' : `; ${d.holds}`}), so no verdict can be given; check that it is the log of this target and records every request that has the X-Wafproof-Id header: "wafproof doctor" looks at both, "wafproof doctor --print-setup" prints the configuration`,
  WAF_SILENT: (d: { reason: string; fix: string }) =>
    `the WAF's log shows an engine without rules (${d.reason}), which looks exactly like a WAF without false positives; ${d.fix}`,
  WAF_UNKNOWN: (d: { kind: string; known: readonly string[] }) =>
    `there is no kind of WAF called "${d.kind}"; known are ${d.known.join(', ')}`,
  WAF_NO_ENGINE: (d: { name: string }) =>
    `the rules of ${d.name} cannot be evaluated on this machine; send the cases to a target with "wafproof run"`,
  WAF_NO_SWEEP: (d: { name: string }) => `settings of ${d.name} cannot be tried side by side; leave --sweep out`,
  AWS_ARN_INVALID: (d: { arn: string }) =>
    `"${d.arn}" is not the ARN of a web ACL; write arn:aws:wafv2:REGION:ACCOUNT:regional/webacl/NAME/ID, as "aws wafv2 list-web-acls" prints it`,
  AWS_REGION: (d: { reason: string; cure: string }) => `${d.reason}; ${d.cure}`,
  AWS_CREDENTIALS_MISSING: () =>
    'no AWS credentials were found: environment, shared files, container and instance were looked at; log in with "aws sso login" and set AWS_PROFILE to a profile that is in ~/.aws/config, or export AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
  AWS_CREDENTIALS_EXPIRED: (d: { operation: string }) =>
    `the AWS credentials have expired (at ${d.operation}); get new ones, with "aws sso login" or from where they came`,
  AWS_CREDENTIALS_INVALID: (d: { operation: string; name: string }) =>
    `AWS does not accept the credentials (at ${d.operation}: ${d.name}); "aws sts get-caller-identity" shows whether they are any good, and a temporary key needs its AWS_SESSION_TOKEN`,
  AWS_CLOCK_SKEW: (d: { operation: string; skew?: string }) =>
    `AWS refuses ${d.operation} because the clock of this machine is wrong${d.skew === undefined ? '' : ` (${d.skew})`}; set it by NTP`,
  AWS_ACCESS_DENIED: (d: { permission: string; who: string }) =>
    `${d.who} may not do ${d.permission}; allow it: "wafproof doctor --print-setup aws-policy" prints the policy that Wafproof needs, which only reads`,
  AWS_THROTTLED: (d: { operation: string }) =>
    `AWS throttles ${d.operation} however often it is tried again; wait a minute, or find what else in the account and region calls it`,
  AWS_NOT_FOUND: (d: { what: string; region: string }) =>
    `AWS knows no ${d.what} in ${d.region}; correct name and region, and check that the credentials are of its account`,
  AWS_UNREACHABLE: (d: { endpoint: string; reason: string }) =>
    `${d.endpoint} cannot be reached (${d.reason}); check the region, the network, and AWS_ENDPOINT_URL where it is set`,
  AWS_NOT_AN_API: (d: { endpoint: string; status: number; operation: string }) =>
    `${d.endpoint} answered ${d.operation} with status ${d.status} and a page that is no answer of the AWS API; check AWS_ENDPOINT_URL, and whether a proxy stands between`,
  AWS_FAILED: (d: { operation: string; name: string; reason: string }) =>
    `AWS refused ${d.operation} (${d.name}): ${d.reason}; look the name up in the AWS API reference`,
  COMMAND_START: (d: { command: string; reason: string }) =>
    `"${d.command}" could not be started: ${d.reason}; write the command after "--" as you would at a prompt`,
  RECORD_NOTHING: (d: { found: number; leftOut: string; code?: number }) =>
    d.code === undefined
      ? `nothing was recorded that could become a case (requests that went by: ${d.found}${d.leftOut && `; ${d.leftOut}`}); submit a form, keep what only asks for something with --keep-get, or name the application's other origins with --origin`
      : `nothing was recorded that could become a case (requests that went by: ${d.found}${d.leftOut && `; ${d.leftOut}`}; the command ended with exit code ${d.code}); have it ask the address in WAFPROOF_URL, which BASE_URL has too unless it is set`,
  RECORD_UNREACHABLE: (d: { url: string; reason: string }) =>
    `${d.url} could not be opened (${d.reason}); check that it is up, name its address with --resolve where the name service does not know it, and who vouches for its certificate with --ca`,
  SCRIPT_INVALID: (d: { reason: string }) =>
    `cannot be used as a script: ${d.reason}; write a module such as: export default async (page, { url }) => { await page.click("text=Save"); }`,
  SCRIPT_FAILED: (d: { reason: string }) =>
    `the script failed: ${d.reason}; mend it, what was recorded until then is written`,
  STATE_INVALID: (d: { reason: string }) =>
    `is no saved state of a browser: ${d.reason}; save one with "npx playwright codegen --save-storage=FILE URL"`,
  BROWSER_LIBRARY: () =>
    'playwright-core, which drives the browser, is not installed; install it with "npm install playwright-core", with -g where Wafproof is installed globally: it downloads no browser',
  BROWSER_MISSING: () =>
    'no Chromium, Chrome or Edge is on this machine; install one ("sudo apt-get install --no-install-recommends chromium"), or name its program in the environment variable WAFPROOF_BROWSER',
  BROWSER_START: (d: { reason: string }) =>
    `the browser did not start: ${d.reason}; mend that, or name another browser in the environment variable WAFPROOF_BROWSER`,
  SESSION_FAILED: (d: { reason: string }) => `the session could not be opened: ${d.reason}`,
  SESSION_BLOCKED: (d: { id: string; rules: string; reason: string }) =>
    `the session could not be opened, because the WAF refused a request of it${d.rules && ` (${d.rules})`}: ${d.reason}; exclude that for the login, or have the session opened past the WAF, and see all of request ${d.id} with "wafproof logs"`,
  LAB_PORT: (d: { port: number; reason: string }) =>
    `cannot listen on 127.0.0.1:${d.port} (${d.reason}); choose another --port`,
  LAB_MISSING: (d: { what: string; packages: readonly string[] }) =>
    `${d.what} is not installed; install it with "sudo apt-get install --no-install-recommends ${d.packages.join(' ')}", or do without: ${withoutServer}`,
  LAB_APPROXIMATIONS: (d: { reason: string }) =>
    `holds no approximations: ${d.reason}; write a line a rule, as in AWS#AWSManagedRulesSQLiRuleSet#SQLi_BODY: { pattern: "union +select", in: body }`,
  LAB_START: (d: { server: string; reason: string }) =>
    `${d.server} did not start: ${d.reason}; mend what it names, or do without: ${withoutServer}`,

  // Runs that are continued
  RESUME_MISSING: () =>
    'there is no journal of an unfinished run here: the last one was completed, or none began; run without --resume',
  RESUME_MISMATCH: (d: { differences: readonly string[] }) =>
    `the journal is of another run; what differs: ${d.differences.join('; ')}. Use the same options and suites, or run without --resume to begin anew`,
  JOURNAL_INVALID: (d: { reason: string }) =>
    `is no journal that can be continued: ${d.reason}; run without --resume to begin anew`,

  // Baselines and histories
  HISTORY_UNUSABLE: (d: { reason: string }) =>
    `cannot be used as a history: ${d.reason}; name a file that "--history" has written, or one that is not there yet`,
  BASELINE_UNREADABLE: (d: { reason: string }) =>
    `the baseline cannot be read (${d.reason}); "wafproof report report.json --update-baseline" with this name writes one`,
  BASELINE_INVALID: (d: { message: string }) => d.message,

  // Saved reports
  REPORTS_UNRELATED: () =>
    'has no case in common with the report that it is compared with; compare two runs of the same suites',
  REPORT_SHARDS: (d: { reason: string }) =>
    `the reports are not all the shards of one run: ${d.reason}; name the report.json of each shard, once`,
  REPORT_INVALID: (d: { reason: string } | { missing: true }) =>
    'missing' in d
      ? 'there is no such report; "wafproof check" and "wafproof run" write one: report.json in the folder of --out (default: reports/out)'
      : `is not a report of Wafproof: ${d.reason}; name the report.json of a check, run or tune`,
} as const satisfies Readonly<Record<string, (data: never) => string>>;

/** The stable code of what can stop a job; the reference lists them. */
export type ProblemCode = keyof typeof problemTexts;

/** What the text of a problem needs to know. */
export type ProblemData<C extends ProblemCode> =
  Parameters<(typeof problemTexts)[C]> extends [infer D] ? D : Readonly<Record<string, never>>;
