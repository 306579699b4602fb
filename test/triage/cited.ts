import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readUnwrapped } from '../../src/evidence/unwrap/read-unwrapped.js';
import type { LogLine } from '../../src/triage/log-line.js';
import { createLineStream, timedLine } from '../../src/triage/logs/line-stream.js';
import type { CaptureLabel } from './capture-labels.js';

/** An answer that a public page shows or documents, and who refused with it. */
export interface CitedAnswer {
  readonly label: CaptureLabel;
  /** Where it is shown. Hosts and addresses are replaced; parts that say nothing are left out. */
  readonly source: string;
  readonly text: string;
  readonly lines: readonly LogLine[];
}

/** Answers that people have posted. */
export const citedAnswers = answersIn('triage-cited');
/** Answers in the form that the documentation or the source of a product gives them. */
export const documentedAnswers = answersIn('triage-documented');

/** All of a folder: `@@ name truth also…`, `@ source`, the answer, and lines of a log after `@log`. */
function answersIn(name: string): readonly CitedAnswer[] {
  const folder = fileURLToPath(new URL(`../fixtures/${name}/`, import.meta.url));
  return readdirSync(folder).flatMap((file) =>
    readFileSync(join(folder, file), 'utf8').split(/^@@ /m).slice(1).map(readCited),
  );
}

function readCited(entry: string): CitedAnswer {
  const [, head = '', source = '', rest = ''] = /^([^\n]*)\n@ ([^\n]*)\n(.*)$/s.exec(entry) ?? [];
  const [capture = '', truth = '', ...also] = head.trim().split(/\s+/);
  const [text = '', ...logs] = rest.split(/^@log .*\n/m);
  const label = { capture, truth: truth.replace('?', ''), told: !truth.endsWith('?'), also };
  return { label, source, text, lines: logs.flatMap(readLines) };
}

/** Lines of a log, whatever a collector of logs has put around them. */
function readLines(log: string): readonly LogLine[] {
  const reader = readUnwrapped(createLineStream);
  const items = [...reader.push(Buffer.from(log)), ...reader.end()];
  return items.flatMap((item) => ('entryFile' in item ? [] : [timedLine(item)]));
}
