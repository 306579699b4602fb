import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareResults } from '../../compare/compare-results.js';
import type { ReportFile } from '../../contract/reporter.js';
import { createJoiner } from '../../evidence/joiner.js';
import type { Case } from '../../model/case.js';
import type { Exclusion, Outcome } from '../../model/exclusion.js';
import type { EngineOptions } from '../../model/options.js';
import type { CaseResult } from '../../model/report.js';
import type { RequestSpec } from '../../model/request.js';
import type { ServerName } from '../../model/tune-options.js';
import { createCorrelationIds } from '../../replay/correlation-ids.js';
import { createHttpTransport } from '../../replay/http-transport.js';
import { Pace } from '../../replay/pace.js';
import { createAttributor } from '../../waf/modsecurity/attribute.js';
import { modsecurityFieldNames } from '../../waf/modsecurity/field-names.js';
import { crsFolder } from '../../waf/modsecurity/rule-plan.js';
import { httpOptions } from '../http-options.js';
import { startLab } from '../lab.js';
import { openLog } from '../open-log.js';
import { lazyCatalog } from '../start-engine.js';
import { witnessCase } from '../witness-case.js';
import { evaluateAll } from './evaluate-all.js';
import type { Ground } from './ground.js';
import { findNeighbours, losesRule } from './neighbours.js';

/** Settings of a server that nobody else uses: it may be asked as fast as it answers. */
const own = { connections: 16, timeoutMs: 60_000, logWaitMs: 20_000, attacks: true, insecure: false };

/** What a server said, and the cases that it still blocks, with the hits that they have there. */
export interface ServerProof {
  readonly outcome: Outcome;
  readonly left: readonly CaseResult[];
}

/**
 * What a real server says of the very files that the user gets: every case is sent to it without them and with them, and
 * so are the neighbours on which the rules must fire as before.
 * @param files the pair that is read before and after the Core Rule Set
 */
export async function proveOnServer(
  server: ServerName,
  exclusions: readonly Exclusion[],
  files: readonly ReportFile[],
  { workshop, cases, blocked, world }: Ground,
): Promise<ServerProof> {
  const neighbours = findNeighbours(exclusions, blocked, modsecurityFieldNames);
  const sent = [
    ...cases.map(({ id, request }) => caseOf(id, request)),
    ...neighbours.map(({ request }, i) => caseOf(`neighbour ${i}`, request)),
  ];
  world.progress.stage(`sending ${sent.length} requests through ${server}, without the exclusions and with them`);
  const before = await answersOf(server, workshop.engine, [], sent, world.signal);
  const after = await answersOf(server, workshop.engine, files, sent, world.signal);
  const [was, is] = [before.results.slice(0, cases.length), after.results.slice(0, cases.length)];
  const tooBroad = neighbours.filter((neighbour, i) => {
    const at = cases.length + i;
    const hits = { was: before.results[at]?.hits ?? [], is: after.results[at]?.hits ?? [] };
    return losesRule(neighbour, exclusions, hits);
  });
  const comparison = compareResults(was, is);
  const outcome = {
    engine: `${after.engine} (${server})`,
    ...comparison,
    tooBroad: [...new Set(tooBroad.map(({ exclusion }) => exclusion.id))],
  };
  return { outcome, left: is.filter(({ id }) => comparison.stillBlocked.includes(id)) };
}

/** Cases as a real server answers them that reads such files; their hits have the names of its engine. */
export async function askServer(
  server: ServerName,
  files: readonly ReportFile[],
  cases: readonly CaseResult[],
  { workshop, world }: Ground,
): Promise<readonly CaseResult[]> {
  const sent = cases.map(({ id, request }) => caseOf(id, request));
  return (await answersOf(server, workshop.engine, files, sent, world.signal)).results;
}

async function answersOf(
  server: ServerName,
  engine: EngineOptions,
  files: readonly ReportFile[],
  cases: readonly Case[],
  signal: AbortSignal,
): Promise<{ readonly engine: string; readonly results: readonly CaseResult[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'wafproof-tune-'));
  try {
    const [before, after] = await Promise.all(files.map((file) => writeInto(folder, file)));
    const log = join(folder, 'audit.log');
    const rules = {
      rulesBefore: [...engine.rulesBefore, ...(before === undefined ? [] : [before])],
      rulesAfter: [...(after === undefined ? [] : [after]), ...engine.rulesAfter],
    };
    const lab = await startLab({ waf: server, engine: { ...engine, ...rules }, port: 0, mode: 'block', auditLog: log });
    try {
      const results = await sendAll(cases, { name: server, url: lab.url, log, ...own }, engine, signal);
      return { engine: lab.waf.version ?? server, results };
    } finally {
      await lab.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeInto(folder: string, { name, content }: ReportFile): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function sendAll(
  cases: readonly Case[],
  target: { readonly name: string; readonly url: string; readonly log: string } & typeof own,
  engine: EngineOptions,
  signal: AbortSignal,
): Promise<readonly CaseResult[]> {
  const ids = createCorrelationIds();
  const http = httpOptions(target, signal);
  const joiner = createJoiner({ source: await openLog(target, ids.prefix), waitMs: target.logWaitMs });
  const transport = createHttpTransport({ ...http, pace: new Pace(target) });
  const sending = {
    target,
    http,
    ids,
    joiner,
    session: undefined,
    transport,
    attribute: createAttributor(lazyCatalog(crsFolder(engine))),
    seed: 1,
    repeat: 1,
    announce: async () => undefined,
  };
  try {
    return await evaluateAll(cases, async (one) => (await witnessCase(one, sending)).result);
  } finally {
    await Promise.all([joiner.close(), transport.close()]);
  }
}

/** A case with nothing in it but what is sent: the answer is judged as that of a legitimate request. */
function caseOf(id: string, request: RequestSpec): Case {
  const nothing = { tags: [], expect: {}, secrets: [], sessionValues: [] };
  return { id, suite: '', intent: 'legitimate', at: { file: id }, request, ...nothing };
}
