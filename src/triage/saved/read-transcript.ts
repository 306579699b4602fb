import type { TriageMaterial } from '../material.js';
import { readRequestHead } from './read-request-head.js';
import { readResponse } from './read-response.js';

const info = /^(?:\* |[{}] \[)/;

/** Whether a text is what `curl -v` prints. */
export function isTranscript(text: string): boolean {
  return /^[<>] /m.test(text) && /^(?:[*] |> [A-Z]{1,20} \S)/m.test(text);
}

/**
 * Reads what `curl -v` prints: `>` before what was sent, `<` before the head of the answer, `*` before what curl says, and the
 * body without anything. Of several exchanges the last one counts.
 */
export function readTranscript(text: string): TriageMaterial {
  const lines = text.split(/\r?\n/);
  const start = lines.findLastIndex((line) => /^> [A-Z]{1,20} \S/.test(line));
  const own = lines.slice(Math.max(0, start));
  const sent = readRequestHead(
    own
      .filter((line) => /^>(?: |$)/.test(line))
      .map((line) => line.slice(2))
      .join('\n'),
  );
  const isConnect = sent?.method === 'CONNECT';
  const headEnd = own.findLastIndex((line) => /^<(?: |$)/.test(line));
  const head = own.filter((line) => /^<(?: |$)/.test(line)).map((line) => line.slice(2));
  const body = headEnd < 0 ? [] : own.slice(headEnd + 1).filter((line) => !info.test(line) && !/^>(?: |$)/.test(line));
  const failure = lines.filter(
    (line) =>
      /^curl: \(\d{1,3}\)/.test(line) || /^\* .{0,200}(?:alert|failed|refused|reset|Empty reply|timed out)/.test(line),
  );
  const says = failure
    .map((line) => line.replace(/^\* /, ''))
    .slice(-3)
    .join(' · ');
  const withoutCurl = body.filter((line) => !/^curl: \(\d{1,3}\)/.test(line));
  const answer =
    head.length === 0 ? undefined : readResponse(`${head.join('\n').trimEnd()}\n\n${withoutCurl.join('\n')}`);
  const outcome = answer?.outcome ?? ({ kind: 'failed', message: says || 'no byte came back' } as const);
  const proxied = isConnect ? { proxy: 'of the client' } : {};
  return { sent: { ...sent, ...proxied }, outcome, ...(says !== '' && { clientSays: says }) };
}
