import { type ProblemCode, problemTexts } from '../../src/model/problem-texts.js';

/** What to do where the message itself does not say it, or says it case by case. */
const cures: Partial<Record<ProblemCode, string>> = {
  CONFIG_INVALID: 'mend the config at the place that the message names; its keys are above',
  BASELINE_INVALID:
    'mend the baseline at the place that the message names, or write it anew with "report --update-baseline"',
  OUTPUT_UNWRITABLE: 'choose another folder with --out, another file with --audit-log, or make the place writable',
  MACHINE_EXHAUSTED: 'do what the message names, and run it again; a run goes on with --resume',
  ENGINE_MISSING: 'install the package that the message names, or set WAFPROOF_LIBMODSECURITY',
  CRS_MISSING: 'install the package that the message names, or name the folder with --crs',
  TARGET_UNREACHABLE:
    'check that it is up and that this machine may reach it; what else is known of the cause, the message says',
  WAF_SILENT: 'do what the message names: the engine of the target has no rules',
  SUITE_NOT_TEXT: 'save it as UTF-8',
  SUITE_DUPLICATE_ID: 'give one of the two another id',
  FILE_MISSING: 'correct the path; it is relative to the suite file',
  RESUME_MISMATCH: 'use the same options and suites, or run without --resume to begin anew',
  INTERRUPTED: 'run the command again',
  SUITE_UNREADABLE: 'make the file readable, or name another',
  SUITE_YAML: 'mend the YAML at the place that the message names',
  SUITE_UNKNOWN_KEY: 'take a key that is above',
  SUITE_INVALID: 'mend the suite at the place that the message names',
  SUITE_ONLY_IN_CI: 'remove "only"',
  FILE_TOO_LARGE: 'send a shorter file',
  FILE_UNREADABLE: 'make the file readable, or name another',
  FILE_NOT_TEXT: 'send the file as a body or as a part of a multipart body',
  CORPUS_MISSING: 'take a corpus of the list above, or a file',
  CORPUS_INVALID: 'mend the corpus at the place that the message names',
  IMPORT_UNREADABLE: 'make the file readable, or name another',
  IMPORT_INVALID: 'mend the file at the place that the message names, or leave it out',
  ENGINE_START: 'mend what the message names; on a machine that is short of memory, lower --workers',
  RULES_INVALID: 'mend the rule file at the place that the message names',
  RULES_NOT_FOUND: 'name files that are there after --rules-before, --rules-after and --crs-setup',
  ACL_NOT_FOUND: 'take a name that the message names',
  AWS_REGION: 'do what the message names: the region is part of the ARN of the web ACL',
  SESSION_FAILED:
    'mend "session" of the target, or the case, by what the message names; the id of the request finds it in the log of the WAF',
};

/** What is in brackets belongs to what is wrong. */
const betweenParts = /; (?![^(]*\))/;

/** Each code, its message with words in capitals for what it is told, and what to do. */
export function errorRows(): readonly (readonly [string, string, string])[] {
  return codes().map((code) => {
    const [says = '', ...does] = textOf(code).split(betweenParts);
    return [`\`${code}\``, markup(says), cures[code] ?? markup(does.join('; '))];
  });
}

function codes(): readonly ProblemCode[] {
  return Object.keys(problemTexts).filter((key): key is ProblemCode => key in problemTexts);
}

function textOf(code: ProblemCode): string {
  const told = new Proxy({}, { get: (_, name) => placeholder(String(name)) });
  return `${problemTexts[code](told as never)}`;
}

/** Reads like its name in capitals, as a text, as a list and as something that holds more. */
function placeholder(name: string): unknown {
  return new Proxy([name.replaceAll(/[A-Z]/g, (letter) => ` ${letter}`).toUpperCase()], {
    get: (list, key) => (typeof key === 'symbol' || key in list ? Reflect.get(list, key) : placeholder(key)),
  });
}

function markup(text: string): string {
  return text.replaceAll(/[<*]/g, (char) => `\\${char}`);
}
