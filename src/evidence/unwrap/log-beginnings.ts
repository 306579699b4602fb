const nginxDate = '\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d \\[';
const apacheDate = '\\[[A-Z][a-z]{2} [A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d';
const bracketedDate = '\\[\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d';

/** The times with which nginx, Apache, Envoy and formats of users' own begin a line of their logs. */
const beginning = new RegExp(`^(?:${nginxDate}|${apacheDate}|${bracketedDate})`);

/** Whether a line begins as the logs of servers do. */
export function beginsAsLog(line: Buffer): boolean {
  return beginning.test(line.toString('latin1', 0, 40));
}

/** What a log's own line may begin with: a time, JSON, the boundary of an entry, a client in brackets. */
const possible = `\\d{4}[-/]\\d\\d[-/]\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d|${apacheDate}|\\{\\s*"|\\[client "?[\\w.:"]|-{2,3}[0-9A-Za-z]`;
const anywhere = new RegExp(`(?<=[\\s|:\\])},>]|\\x1b\\[[\\d;]{0,20}m)(?=${possible})`, 'g');
const atOnce = new RegExp(`^\\s*(?:${possible})`);

/** More places are not looked at. */
const mostStarts = 8;

/** Where within a text a log's own line may begin, the first place first; the beginning of the text aside. */
export function possibleStarts(head: string): readonly number[] {
  const starts: number[] = [];
  for (const { index } of head.matchAll(anywhere)) if (index > 0 && starts.push(index) === mostStarts) break;
  return starts;
}

/** Whether a line begins as any that a log may have. */
export function beginsAsLine(line: Buffer): boolean {
  return atOnce.test(line.toString('latin1', 0, 64));
}

/** Whether a text may be a log's own line, or one that is wrapped once more. */
export function mayHoldLine(text: string): boolean {
  const head = text.slice(0, 512);
  return atOnce.test(head) || possibleStarts(head).length > 0;
}
