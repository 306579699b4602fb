import type { LoggedTraffic } from '../../../contract/logged-traffic.js';
import type { Pair } from '../../../model/request.js';
import type { EntryId } from './boundary.js';
import { partsOfLine } from './logged-request.js';
import { loggedBody, withoutPart } from './traffic-body.js';

/** The parts of an entry in the native format: where each begins and ends in the log. */
interface Parts {
  readonly id: EntryId;
  readonly line: number;
  readonly parts: ReadonlyMap<string, readonly [start: number, end: number]>;
}

/** How many line feeds the engine puts behind a body. */
const feedsAfterBody: Readonly<Record<EntryId['engine'], number>> = { v2: 1, v3: 2, coraza: 1 };

/** The request of an entry; nothing where it shows no request line. */
export function trafficOfParts(log: Buffer, { id, line, parts }: Parts): LoggedTraffic | undefined {
  const part = (letter: string) => {
    const [start, end] = parts.get(letter) ?? [0, 0];
    return log.subarray(start, end);
  };
  const [first = '', ...lines] = part('B').toString('utf8').split('\n');
  const { method, path } = partsOfLine(first.trimEnd());
  if (method === '' || path === '') return undefined;
  const headers = lines.flatMap((text): readonly Pair[] => {
    const colon = text.indexOf(':');
    return colon > 0 ? [[text.slice(0, colon).trim(), text.slice(colon + 1).trim()]] : [];
  });
  const logged = parts.has('C') ? part('C') : parts.has('I') ? part('I') : undefined;
  const content = logged === undefined || logged.length === 0 ? undefined : logged;
  return {
    method,
    target: path,
    headers,
    line,
    ...loggedBody(content, feedsAfterBody[id.engine], headers, withoutPart),
  };
}
