import { httpieRequests } from '../httpie/httpie-requests.js';
import type { ReadLocal } from '../local-files.js';
import { wgetRequests } from '../wget/wget-requests.js';
import { curlRequests, type ToldCommand } from './curl-request.js';
import type { ShellCommand } from './shell-command.js';

/** What is read of a command line. */
export type ClientCommand = Pick<ShellCommand, 'words' | 'input' | 'unset'>;

type ReadClient = (command: ClientCommand, read: ReadLocal) => Promise<ToldCommand>;

const clients: readonly (readonly [name: RegExp, requests: ReadClient])[] = [
  [/(?:^|[/\\>])curl(?::[\w.-]+)?(?:\.exe)?$/i, curlRequests],
  [/(?:^|[/\\])wget2?(?:\.exe)?$/, wgetRequests],
  [/(?:^|\/)http$/, (command, read) => httpieRequests(command, 'http', read)],
  [/(?:^|\/)https$/, (command, read) => httpieRequests(command, 'https', read)],
];

/** So many words may stand before a program: `sudo -u www env A=b curl`. */
const mostBefore = 12;

/** The program of a command that sends requests, and where its words begin. */
export function programIn(
  words: readonly string[],
): { readonly requests: ReadClient; readonly from: number } | undefined {
  for (const [i, word] of words.slice(0, mostBefore).entries()) {
    const requests = clients.find(([name]) => name.test(word))?.[1];
    if (requests !== undefined) return { requests, from: i + 1 };
  }
  return undefined;
}
