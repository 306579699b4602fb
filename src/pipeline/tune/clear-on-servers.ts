import type { Dialect } from '../../contract/dialect.js';
import type { ProofServer } from '../../contract/prover.js';
import { linkFindings, reasonsOf } from '../../exclude/link-findings.js';
import { mergeExclusions } from '../../exclude/merge-exclusions.js';
import type { Exclusion, ExclusionOutcome } from '../../model/exclusion.js';
import type { CaseResult, RunReport } from '../../model/report.js';
import { findExclusions } from '../../prove/find-exclusions.js';
import { type Proved, proveSet } from './prove-exclusions.js';
import { askServer, proveOnServer, type SendCases } from './prove-on-server.js';
import type { Tuning } from './tuning.js';

/** A dialect, and how its files are read by servers. */
interface OnServers {
  readonly dialect: Dialect;
  readonly tuning: Tuning;
  readonly send: SendCases;
}

/**
 * Sends all cases through real servers that read the written files. Another engine, or the same one in a server, has hits
 * that the embedded one has not: those are searched on the server, until it lets the case pass as well.
 */
export async function clearOnServers(embedded: Proved, on: OnServers): Promise<Proved> {
  const { dialect, tuning } = on;
  const servers = tuning.prover.servers.filter((server) => server.reads(dialect));
  if (servers.length === 0) return embedded;
  tuning.prover.stage('servers');
  let proved = embedded;
  const outcomes: ExclusionOutcome[] = [];
  for (const server of servers) {
    const first = await prove(server, proved, on);
    if (first.left.length === 0) {
      outcomes.push(first.outcome);
      continue;
    }
    proved = await withMore(proved, await searchOnServer(server, first.left, proved, on), tuning);
    outcomes.push((await prove(server, proved, on)).outcome);
  }
  return { ...proved, verification: { ...proved.verification, servers: outcomes } };
}

/** The files of a dialect with a set of exclusions, as the user gets them. */
export function writtenBy(dialect: Dialect, { exclusions, verification }: Proved, report: RunReport) {
  return dialect.write(exclusions, { reasons: reasonsOf(report), engine: verification.engine, verification });
}

function prove(server: ProofServer, proved: Proved, { dialect, tuning, send }: OnServers) {
  const { evaluated, progress } = tuning;
  const { files } = writtenBy(dialect, proved, evaluated.report);
  return proveOnServer(server, { exclusions: proved.exclusions, files }, evaluated, { send, progress });
}

/** The narrowest exclusions beside those in force that clear cases on a server. Their names are its engine's own. */
async function searchOnServer(
  server: ProofServer,
  left: readonly CaseResult[],
  proved: Proved,
  { dialect, tuning, send }: OnServers,
): Promise<readonly Exclusion[]> {
  const { evaluated, progress } = tuning;
  progress.stage(`searching exclusions for ${left.length} cases that ${server.name} still blocks`);
  const filesWith = (added: readonly Exclusion[]) =>
    writtenBy(dialect, { ...proved, exclusions: mergeExclusions([...proved.exclusions, ...added]) }, evaluated.report)
      .files;
  const found = await findExclusions(left, {
    endpointOf: evaluated.endpointOf,
    possible: server.possibilities(dialect),
    ask: (added, cases) => askServer(server, filesWith(added), cases, send),
  });
  for (const { subject, ruleId, reason } of found.unsolved) {
    progress.warn(`${subject} is still blocked on ${server.name} by rule ${ruleId}: ${reason}`);
  }
  return linkFindings(
    found.exclusions.map((one) => ({ ...one, seenOn: server.name })),
    evaluated.report.findings,
  );
}

/** A set with further exclusions, which the embedded engine must bear as well. */
async function withMore(
  { exclusions, verification }: Proved,
  added: readonly Exclusion[],
  tuning: Tuning,
): Promise<Proved> {
  const merged = mergeExclusions([...added, ...exclusions]);
  const { verification: proof } = await proveSet(merged, new Map(), tuning);
  const { attacksLost, noEffect } = verification;
  return { exclusions: merged, verification: { ...verification, ...proof, attacksLost, noEffect } };
}
