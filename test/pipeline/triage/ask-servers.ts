import { afterAll, beforeAll } from 'vitest';
import type { Pair, RequestSpec } from '../../../src/model/request.js';
import type { Triage } from '../../../src/model/triage.js';
import type { TargetQuestion } from '../../../src/pipeline/triage/target-question.js';
import { triageTarget } from '../../../src/pipeline/triage/triage-target.js';
import { worldOf } from '../../../src/pipeline/world.js';
import { leaveOutServers, type RefusingServers, type ServerSite, startRefusingServers } from './refusing-servers.js';

/** A way to refuse. */
export interface SetUp {
  readonly name: string;
  readonly at: ServerSite;
  readonly path: string;
  /** Default: POST. */
  readonly method?: string;
  readonly body?: string;
  readonly headers?: readonly Pair[];
  /** So many requests go before. */
  readonly before?: number;
  readonly means?: Partial<TargetQuestion>;
}

/** Servers that refuse in many ways, for the tests of one file. */
export function withRefusingServers() {
  let servers: RefusingServers | undefined;
  beforeAll(async () => {
    if (!leaveOutServers) servers = await startRefusingServers();
  }, 60_000);
  afterAll(() => servers?.close());
  return { ask: (setUp: SetUp) => ask(servers, setUp) };
}

const plain = 'comment=hello+there&name=Anna';

/** What was found out, and which probes were sent, the control not counted. */
async function ask(servers: RefusingServers | undefined, setUp: SetUp) {
  const {
    at,
    path,
    method = 'POST',
    body = method === 'GET' ? undefined : plain,
    headers = [],
    before = 0,
    means,
  } = setUp;
  const url = `http://127.0.0.1:${servers?.ports[at]}`;
  const names = headers.map(([name]) => name.toLowerCase());
  const usual: readonly Pair[] = [
    ['User-Agent', 'curl/7.88.1'],
    ['Accept', '*/*'],
    ...(body === undefined ? [] : [['Content-Type', 'application/x-www-form-urlencoded'] as const]),
  ];
  const request: RequestSpec = {
    method,
    path,
    query: [],
    headers: [...usual.filter(([name]) => !names.includes(name.toLowerCase())), ...headers],
    cookies: [],
    body: body === undefined ? { kind: 'none' } : { kind: 'raw', content: { text: body } },
    omittedHeaders: [],
  };
  for (let i = 0; i < before; i++) await fetch(`${url}${path}`, { method, ...(body !== undefined && { body }) });
  const question: TargetQuestion = {
    request,
    destination: { url, host: 'staging.test' },
    timeoutMs: 20_000,
    rate: 1000,
    credentials: [],
    permit: async () => true,
    ...means,
  };
  const triage = await triageTarget(question, worldOf({ cwd: '/' }));
  return { triage, asked: probesIn(triage) };
}

function probesIn({ evidence }: Triage): readonly string[] {
  const isControl = (says: string) => says.startsWith('the first probe that passed, sent once more');
  return evidence.filter(({ from, says }) => from === 'experiment' && !isControl(says)).map(({ text }) => text);
}
