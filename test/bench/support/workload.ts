import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WireRequest } from '../../../src/model/request.js';
import { correlated, withHost } from '../../../src/request/complete-request.js';
import { encodeRequest } from '../../../src/request/encode-request.js';
import { loadSuites } from '../../../src/suite/load-suites.js';

/** A request as the engine gets it. */
export interface EncodedCase {
  readonly id: string;
  readonly request: WireRequest;
}

/**
 * Writes a suite of about `size` cases as shops and forums have them: 60 % forms of some 200 bytes, 25 % JSON, 15 %
 * searches; one value in twelve is a talk about SQL or shell commands that the Core Rule Set refuses at level 1.
 * @returns the path of the suite
 */
export async function writeWorkload(folder: string, size: number): Promise<string> {
  const count = (share: number) => Array.from({ length: Math.round(size * share) }, (_, i) => i);
  await Promise.all([
    writeFile(join(folder, 'comments.txt'), lines(count(0.6).map((i) => `${blocked(i) ?? prose(i)} ${prose(i * 7)}`))),
    writeFile(join(folder, 'articles.txt'), lines(count(0.25).map((i) => `${prose(i)} ${blocked(i) ?? prose(i * 3)}`))),
    writeFile(join(folder, 'searches.txt'), lines(count(0.15).map((i) => blocked(i) ?? prose(i)))),
  ]);
  const suite = join(folder, 'workload.yaml');
  await writeFile(suite, suiteText);
  return suite;
}

/** The cases of a suite as `check` hands them to the engine. */
export async function encodeWorkload(suite: string, cwd: string): Promise<readonly EncodedCase[]> {
  const encoded: EncodedCase[] = [];
  const { cases } = await loadSuites({ patterns: [suite], cwd, env: {} });
  for await (const one of cases()) {
    const id = `check-${one.id}`;
    encoded.push({ id, request: correlated(encodeRequest(withHost(one.request, 'localhost')), id) });
  }
  return encoded;
}

function lines(values: readonly string[]): string {
  return `${values.join('\n')}\n`;
}

const words =
  `the delivery was quick and our neighbour liked colour size of shoes although box had a small dent so we kept
them please tell me when next order ships because garden party is on Saturday`.split(/\s+/);

/** Some 80 characters of English without meaning, always the same for the same number. */
function prose(seed: number): string {
  return `${seed} ${Array.from({ length: 14 }, (_, i) => words[(seed * 31 + i * i * 7 + i) % words.length]).join(' ')}`;
}

const refused = [
  "why is x' UNION SELECT name, password FROM users -- dangerous?",
  'then cat /etc/passwd | grep root and tell me what you see',
  'my page says <script>alert(document.cookie)</script> in the title',
];

function blocked(index: number): string | undefined {
  return index % 12 === 5 ? `${index} ${refused[Math.floor(index / 12) % refused.length]}` : undefined;
}

const suiteText = `suite: Workload
defaults:
  headers:
    User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36
    Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8
    Accept-Language: en-US,en;q=0.9
  cookies: { session: 4f2a91c07be84d35 }
cases:
  - id: comment
    path: /comments
    form: { post: "4711", name: Grace Ndlovu, email: grace@example.org, comment: !each comments.txt }
  - id: article
    path: /api/articles/17
    json: { title: A question, tags: [a, b], draft: false, body: !each articles.txt }
  - id: search
    path: /search
    query: { q: !each searches.txt, page: 2 }
`;
