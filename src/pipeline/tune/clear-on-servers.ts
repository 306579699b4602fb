import type { Dialect } from '../../contract/dialect.js';
import type { ProofServer } from '../../contract/prover.js';
import { linkFindings, reasonsOf } from '../../exclude/link-findings.js';
import { mergeExclusions } from '../../exclude/merge-exclusions.js';
import type { Exclusion } from '../../model/exclusion.js';
import type { CaseResult, RunReport } from '../../model/report.js';
import { type Confirmed, confirm } from '../../prove/confirm.js';
import { findExclusions } from '../../prove/find-exclusions.js';
import { counted } from '../../util/counted.js';
import { generalised, type Proved, proveSet } from './prove-exclusions.js';
import { askServer, proveOnServer, type SendCases, type ServerProof } from './prove-on-server.js';
import { asServersSay, falsePositivesOf } from './servers-say.js';
import type { Tuning } from './tuning.js';

/** A dialect, and how its files are read by servers. */
interface OnServers {
  readonly dialect: Dialect;
  readonly tuning: Tuning;
  readonly send: SendCases;
}

/**
 * Sends all cases through real servers that read the written files, and keeps what they confirm. Another engine, or the
 * same one in a server, has hits that the embedded one has not: those are searched on the server, until it lets the case
 * pass as well.
 */
export async function clearOnServers(embedded: Proved, on: OnServers): Promise<Proved> {
  const { dialect, tuning } = on;
  const servers = tuning.prover.servers.filter((server) => server.reads(dialect));
  if (servers.length === 0) return embedded;
  tuning.prover.stage('servers');
  const prove = provingOnce(on);
  let proved = embedded;
  for (const server of servers) {
    const { left } = await prove(server, proved);
    if (left.length > 0) proved = await withMore(proved, await searchOnServer(server, left, proved, on), tuning);
  }
  return keepConfirmed(proved, servers, { ...on, prove });
}

/** What no server confirms is left out, and the rest is proved again. */
async function keepConfirmed(
  proved: Proved,
  servers: readonly ProofServer[],
  on: OnServers & { readonly prove: Prove },
): Promise<Proved> {
  const { evaluated } = on.tuning;
  const proofs: ServerProof[] = [];
  for (const server of servers) proofs.push(await on.prove(server, proved));
  const confirmed = confirm(proved.exclusions, evaluated.blocked, proofs);
  if (confirmed.refused.length > 0) return keepConfirmed(await without(proved, confirmed, on.tuning), servers, on);
  const outcomes = proofs.map(({ outcome }) => outcome);
  const reported = falsePositivesOf(evaluated.report);
  return { ...proved, verification: asServersSay(proved.verification, outcomes, reported) };
}

/** The files of a dialect with a set of exclusions, as the user gets them. */
export function writtenBy(dialect: Dialect, { exclusions, verification }: Proved, report: RunReport) {
  const caution = verification.caution;
  return dialect.write(exclusions, {
    reasons: reasonsOf(report),
    engine: verification.engine,
    verification,
    ...(caution !== undefined && { caution }),
  });
}

/** What a server says of a set. */
type Prove = (server: ProofServer, proved: Proved) => Promise<ServerProof>;

/** Asks no server twice in a row what it says of the same set. */
function provingOnce({ dialect, tuning, send }: OnServers): Prove {
  const { evaluated, progress } = tuning;
  const asked = new Map<ProofServer, { readonly proved: Proved; readonly proof: ServerProof }>();
  return async (server, proved) => {
    const known = asked.get(server);
    if (known?.proved === proved) return known.proof;
    const { exclusions } = proved;
    const { files } = writtenBy(dialect, proved, evaluated.report);
    const proof = await proveOnServer(server, { exclusions, files }, evaluated, { send, progress });
    asked.set(server, { proved, proof });
    return proof;
  };
}

/** The narrowest exclusions beside those in force that clear cases on a server. Their names are its engine's own. */
async function searchOnServer(
  server: ProofServer,
  left: readonly CaseResult[],
  proved: Proved,
  { dialect, tuning, send }: OnServers,
): Promise<readonly Exclusion[]> {
  const { evaluated, progress } = tuning;
  const what = `searching exclusions for ${counted(left.length, 'case')} that ${server.name} still blocks`;
  const filesWith = (added: readonly Exclusion[]) =>
    writtenBy(dialect, { ...proved, exclusions: mergeExclusions([...proved.exclusions, ...added]) }, evaluated.report)
      .files;
  const found = await findExclusions(left, {
    endpointOf: evaluated.endpointOf,
    possible: server.possibilities(dialect),
    ask(added, cases) {
      progress.stage(what, cases.length);
      return askServer(server, filesWith(added), cases, { send, progress });
    },
  });
  for (const { subject, ruleId, reason } of found.unsolved) {
    progress.warn(`${subject} is still blocked on ${server.name} by rule ${ruleId}: ${reason}`);
  }
  return linkFindings(
    generalised(found.exclusions, dialect, tuning).map((one) => ({ ...one, seenOn: server.name })),
    evaluated.report.findings,
  );
}

/** A set with further exclusions, which the embedded engine must bear as well. */
function withMore(proved: Proved, added: readonly Exclusion[], tuning: Tuning): Promise<Proved> {
  return provedAgain(proved, mergeExclusions([...added, ...proved.exclusions]), tuning);
}

async function without(proved: Proved, { exclusions, refused }: Confirmed, tuning: Tuning): Promise<Proved> {
  const { verification, ...rest } = await provedAgain(proved, exclusions, tuning);
  return { ...rest, verification: { ...verification, refused: [...(verification.refused ?? []), ...refused] } };
}

/** Another set, with what was said of the former one that is still true. */
async function provedAgain(
  { verification, places }: Proved,
  exclusions: readonly Exclusion[],
  tuning: Tuning,
): Promise<Proved> {
  const { verification: proof, ...rest } = await proveSet(exclusions, places, tuning);
  const kept = new Set(exclusions.map(({ id }) => id));
  const noEffect = verification.noEffect.filter((id) => kept.has(id));
  return { ...rest, verification: { ...verification, ...proof, noEffect } };
}
