import type { Evaluation } from '../../src/contract/engine.js';
import type { LogRecord } from '../../src/contract/log-record.js';
import type { LogDelay } from '../../src/contract/log-source.js';
import type { Waf } from '../../src/contract/waf.js';
import { promptDelay } from '../../src/evidence/log-delay.js';
import type { Evidence } from '../../src/model/evidence.js';
import type { WireRequest } from '../../src/model/request.js';
import { probeRequest } from '../../src/request/probe-request.js';
import { LineSplitter } from '../../src/util/split-lines.js';
import { wordNames, wordProver } from '../prove/word-prover.js';

/** A record of the tiny WAF: it tells how many rules it looked at, which no other WAF does. */
interface TinyRecord extends LogRecord {
  readonly looked: number;
}

/** Evil bodies are refused by one rule; of guests from abroad only the real WAF can tell. */
export const rule = 'tiny#evil';
const isEvil = (text: string) => text.includes('evil') || text.includes('script');
const undecided = { kind: 'undecided', reason: 'the rule tiny#abroad needs the country of the client' } as const;

export function tinyEntry(id: string, text: string): string {
  return `${JSON.stringify({ id, evil: isEvil(decodeURIComponent(text)), looked: 2 })}\n`;
}

function readEntry(line: Uint8Array): TinyRecord {
  const { id, evil, looked } = JSON.parse(Buffer.from(line).toString());
  return { correlationId: id, action: evil ? 'blocked' : 'passed', looked, waf: { kind: 'tiny' }, hits: hits(evil) };
}

const hits = (evil: boolean) => (evil ? [{ ruleId: rule, message: 'Evil', tags: [], matched: 'evil' }] : []);

function createReader() {
  const lines = new LineSplitter(1024 * 1024);
  const push = (bytes: Uint8Array) => [...lines.push(bytes)].filter((line) => line.length > 0).map(readEntry);
  return { push, end: () => push(Buffer.from('\n')), skipped: 0 };
}

function attribute({ action, hits: logged }: LogRecord): Evidence {
  const place = { variable: { collection: 'body' }, variableSource: 'logged' } as const;
  return { action, hits: logged.map((hit) => ({ ...hit, ...place })) };
}

async function evaluate({ body, target }: WireRequest, correlationId: string): Promise<Evaluation> {
  const text = `${target} ${Buffer.from(body)}`;
  const status = isEvil(text) ? 403 : 200;
  const outcome = { kind: 'answered', status, headers: [], bodyExcerpt: '' } as const;
  const record = readEntry(Buffer.from(tinyEntry(correlationId, text)));
  const evidence = text.includes('abroad') ? undecided : { kind: 'found' as const, evidence: attribute(record) };
  return { exchange: { correlationId, outcome, durationMs: 1 }, evidence };
}

/** A third WAF, which nothing in the program knows. */
export function tinyWaf(delay: LogDelay = promptDelay): Waf<TinyRecord> {
  return {
    kind: 'tiny',
    name: 'Tiny WAF',
    fields: wordNames,
    facts: () => [{ label: 'Capacity', value: '7' }],
    open: async ({ waf }, { openLog }) => {
      const source = await openLog(waf, createReader);
      const delayed = { delay, records: () => source.records(), close: () => source.close() };
      return { source: delayed, attribute };
    },
    history: { createReader, evidence: attribute },
    whySilent: ({ looked }) => (looked === 0 ? { reason: 'it looked at no rule', fix: 'add one' } : undefined),
    checks: [
      {
        id: 'looked',
        title: 'Rules are looked at',
        request: () => probeRequest([['q', 'calm']]),
        examine: ({ more }) => {
          const joined = more.get('looked')?.joined;
          const looked = joined?.kind === 'found' && 'looked' in joined.record ? joined.record.looked : 0;
          return { status: looked === 2 ? 'ok' : 'failed', detail: `${looked} rules` };
        },
      },
    ],
    advice: {
      logEveryRequest: 'tiny: log all',
      logCorrelationId: 'tiny: log the id',
      logRequests: ({ waitMs }) => `tiny: log within ${waitMs} ms`,
      loadRules: 'tiny: load rules',
      refuseMatched: 'tiny: refuse',
      raiseBodyLimit: 'tiny: raise',
      raiseRuleLimits: 'tiny: raise',
    },
    startEngine: async () => ({ info: { kind: 'tiny' }, workers: 1, evaluate, close: async () => undefined }),
    labs: [],
    setups: [{ server: 'tiny', text: () => 'log on\n' }],
    openProver: async () => wordProver({ rules: [{ id: rule, word: 'evil' }], unsure: 'abroad' }),
    nextSteps: () => [{ command: 'tiny --more', effect: 'asks for more' }],
  };
}
