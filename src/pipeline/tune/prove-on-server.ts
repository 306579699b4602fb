import { compareResults } from '../../compare/compare-results.js';
import type { ProgressListener } from '../../contract/progress.js';
import type { ProofServer, StartedServer } from '../../contract/prover.js';
import type { ReportFile } from '../../contract/reporter.js';
import type { Case } from '../../model/case.js';
import type { Exclusion } from '../../model/exclusion.js';
import type { CaseResult } from '../../model/report.js';
import type { RequestSpec } from '../../model/request.js';
import type { SeenOnServer } from '../../prove/confirm.js';
import { findNeighbours, losesRule } from '../../prove/neighbours.js';
import { inventSiblings } from '../../prove/siblings.js';
import { counted } from '../../util/counted.js';
import { using } from '../../util/using.js';
import type { EvaluatedReport } from './tuning.js';

/** Sends cases to a server that is there for nothing else, and judges what came of them; `step` is called at each. */
export type SendCases = (
  server: StartedServer,
  cases: readonly Case[],
  step: () => void,
) => Promise<readonly CaseResult[]>;

/** What a server said, and the cases that it still blocks, with the hits that they have there. */
export interface ServerProof extends SeenOnServer {
  readonly left: readonly CaseResult[];
}

/**
 * What a real server says of the very files that the user gets: every case is sent to it without them and with them, and
 * so are the neighbours on which the rules must fire as before.
 * @param files those that the server reads
 */
export async function proveOnServer(
  server: ProofServer,
  { exclusions, files }: { readonly exclusions: readonly Exclusion[]; readonly files: readonly ReportFile[] },
  { cases, blocked }: Pick<EvaluatedReport, 'cases' | 'blocked'>,
  { send, progress }: Sending,
): Promise<ServerProof> {
  const neighbours = findNeighbours(exclusions, blocked);
  const sent = [
    ...cases.map(({ id, request }) => caseOf(id, request)),
    ...neighbours.map(({ request }, i) => caseOf(`neighbour ${i}`, request)),
  ];
  const siblings = inventSiblings(exclusions, blocked);
  const next = siblings.map(({ request }, i) => caseOf(`sibling ${i}`, request));
  const all = [...sent, ...next];
  const what = `sending ${counted(sent.length, 'request')} through ${server.name}, without the exclusions and with them`;
  progress.stage(what, sent.length + all.length);
  const steppingSend = stepping(send, progress);
  const before = await answersOf(server, [], sent, steppingSend);
  const after = await answersOf(server, files, all, steppingSend);
  const [was, is] = [before.results.slice(0, cases.length), after.results.slice(0, cases.length)];
  const tooBroad = neighbours.filter((neighbour, i) => {
    const at = cases.length + i;
    const hits = { was: before.results[at]?.hits ?? [], is: after.results[at]?.hits ?? [] };
    return losesRule(neighbour, exclusions, hits);
  });
  const comparison = compareResults(was, is);
  const siblingsBlocked = siblings
    .filter(({ of }, i) => comparison.cleared.includes(of) && !passes(after.results[sent.length + i]))
    .map(({ of }) => of);
  const outcome = {
    engine: `${after.engine} (${server.name})`,
    ...comparison,
    tooBroad: [...new Set(tooBroad.map(({ exclusion }) => exclusion.id))],
    ...(siblingsBlocked.length > 0 && { siblingsBlocked }),
  };
  return { outcome, before: was, left: is.filter(({ id }) => comparison.stillBlocked.includes(id)) };
}

function passes(result: CaseResult | undefined): boolean {
  return result?.verdict.kind === 'let-through';
}

/** Cases as a real server answers them that reads such files; their hits have the names of its engine. */
export async function askServer(
  server: ProofServer,
  files: readonly ReportFile[],
  cases: readonly CaseResult[],
  { send, progress }: Sending,
): Promise<readonly CaseResult[]> {
  const sent = cases.map(({ id, request }) => caseOf(id, request));
  return (await answersOf(server, files, sent, stepping(send, progress))).results;
}

/** How cases are sent, and who is told of each. */
interface Sending {
  readonly send: SendCases;
  readonly progress: ProgressListener;
}

type SendCounted = (server: StartedServer, cases: readonly Case[]) => ReturnType<SendCases>;

function stepping(send: SendCases, progress: ProgressListener): SendCounted {
  return (server, cases) => send(server, cases, () => progress.step?.());
}

function answersOf(server: ProofServer, files: readonly ReportFile[], cases: readonly Case[], send: SendCounted) {
  return using(server.start(files), async (started) => ({
    engine: started.engine,
    results: await send(started, cases),
  }));
}

/** A case with nothing in it but what is sent: the answer is judged as that of a legitimate request. */
function caseOf(id: string, request: RequestSpec): Case {
  const nothing = { tags: [], expect: {}, secrets: [], sessionValues: [] };
  return { id, suite: '', intent: 'legitimate', at: { file: id }, request, ...nothing };
}
