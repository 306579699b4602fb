import type { Dialect } from '../../contract/dialect.js';
import { mergeExclusions } from '../../exclude/merge-exclusions.js';
import type { Exclusion, Outcome } from '../../model/exclusion.js';
import type { ServerName } from '../../model/tune-options.js';
import { hasJsonBody } from '../../waf/modsecurity/json-body.js';
import { findExclusions } from './find-exclusions.js';
import type { Ground } from './ground.js';
import { linkFindings } from './link-findings.js';
import { type Proved, proveSet } from './prove-exclusions.js';
import { askServer, proveOnServer } from './prove-on-server.js';
import { searchSettings } from './search-settings.js';
import { filesOf } from './written-files.js';

/**
 * Sends all cases through real servers that read the written files. Another engine, or the same one in a server, has hits
 * that the embedded one has not: those are searched on the server, until it lets the case pass as well.
 */
export async function clearOnServers(dialect: Dialect, embedded: Proved, ground: Ground): Promise<Proved> {
  const { workshop, settings } = ground;
  let proved = embedded;
  const outcomes: Outcome[] = [];
  workshop.stage('servers');
  for (const server of settings.servers) {
    const first = await proveOnServer(server, proved.exclusions, filesOf(dialect, proved, ground), ground);
    if (first.left.length === 0) {
      outcomes.push(first.outcome);
      continue;
    }
    const added = await searchOnServer(server, first.left, dialect, proved, ground);
    proved = await withMore(proved, added, ground);
    outcomes.push((await proveOnServer(server, proved.exclusions, filesOf(dialect, proved, ground), ground)).outcome);
  }
  return { ...proved, verification: { ...proved.verification, servers: outcomes } };
}

/** The narrowest exclusions beside those in force that clear cases on a server. Their names are its engine's own. */
async function searchOnServer(
  server: ServerName,
  left: Awaited<ReturnType<typeof askServer>>,
  dialect: Dialect,
  proved: Proved,
  ground: Ground,
): Promise<readonly Exclusion[]> {
  const { world } = ground;
  world.progress.stage(`searching exclusions for ${left.length} cases that ${server} still blocks`);
  const filesWith = (added: readonly Exclusion[]) =>
    filesOf(dialect, { ...proved, exclusions: mergeExclusions([...proved.exclusions, ...added]) }, ground);
  const found = await findExclusions(left, {
    ...searchSettings(dialect, ground),
    hasJsonNames: (request) => server !== 'apache' && hasJsonBody(request),
    ask: (added, cases) => askServer(server, filesWith(added), cases, ground),
  });
  for (const { subject, ruleId, reason } of found.unsolved) {
    world.progress.warn(`${subject} is still blocked on ${server} by rule ${ruleId}: ${reason}`);
  }
  return linkFindings(
    found.exclusions.map((one) => ({ ...one, seenOn: server })),
    ground.report.findings,
  );
}

/** A set with further exclusions, which the embedded engine must bear as well. */
async function withMore(
  { exclusions, verification }: Proved,
  added: readonly Exclusion[],
  ground: Ground,
): Promise<Proved> {
  const merged = mergeExclusions([...added, ...exclusions]);
  const { exclusions: _unpriced, ...proof } = await proveSet(merged, new Map(), ground);
  return { exclusions: merged, verification: { ...verification, ...proof, attacksLost: verification.attacksLost } };
}
