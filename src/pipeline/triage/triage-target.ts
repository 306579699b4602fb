import type { Triage, TriageEvidence } from '../../model/triage.js';
import { peerFindings, withPeer } from '../../triage/peer-findings.js';
import { conclude } from '../../triage/probing/conclude.js';
import { withFindings } from '../../triage/probing/with-findings.js';
import { testimoniesIn } from '../../triage/testimony.js';
import { triage } from '../../triage/triage.js';
import { triagedRequest } from '../../triage/triage-of-refusal.js';
import { monotonicClock } from '../../util/clock.js';
import type { World } from '../world.js';
import { type AskingMeans, askTarget } from './ask-target.js';
import { isDecided } from './is-decided.js';
import { probeMaterial } from './probe-material.js';
import { redactTriage } from './redact-triage.js';
import { showAsked } from './show-asked.js';
import type { TargetQuestion } from './target-question.js';
import { type First, TargetSite } from './target-site.js';

type TriageWorld = Pick<World, 'cwd' | 'env' | 'signal' | 'progress' | 'wafs'>;

/**
 * Sends a request and, where it is refused, up to six others that tell why.
 * @throws WafproofError `TARGET_UNREACHABLE`, `PROXY_INVALID`, `CA_UNREADABLE`: the URL is none that can be sent to;
 * `TRIAGE_UNREADABLE`: a log cannot be read
 */
export async function triageTarget(question: TargetQuestion, world: TriageWorld): Promise<Triage> {
  const { request, credentials } = question;
  const site = await TargetSite.open(question, world);
  try {
    const first = await site.first(request);
    const told = await tell(question, first, site);
    const requests = [request, { ...request, headers: credentials, cookies: [], query: [] }];
    return redactTriage(
      isDecided(told, first.outcome) ? told : await ask(told, question, first, site, world),
      requests,
    );
  } finally {
    world.progress.end();
    await site.close();
  }
}

/** What the first answer tells, with the logs, and who gave it. */
async function tell(question: TargetQuestion, { outcome, logged }: First, site: TargetSite): Promise<Triage> {
  const { request, destination, known = [] } = question;
  const sent = triagedRequest(request, destination.url);
  const now = Date.now();
  const told = withFindings(triage({ sent, outcome, ...logged }), request, outcome, now);
  const evidence = [...told.evidence, ...unlogged(question, logged), ...known];
  if (told.cause === 'not-refused') return { ...told, evidence };
  const peer = await site.peer();
  const host = site.address.host.replace(/:\d*$/, '');
  if (peer === undefined) return { ...told, evidence };
  return withPeer({ ...told, evidence: [...evidence, ...peerFindings(peer, host, now)] }, peer, outcome);
}

/** A log without the request is another one, or stands behind what refused. */
function unlogged({ logs = [] }: TargetQuestion, { lines, wafs }: First['logged']): readonly TriageEvidence[] {
  if (logs.length === 0 || lines.length + wafs.length > 0) return [];
  const says =
    'the log has no entry of this request: it did not come to what writes that log, or the log is of another';
  return [{ from: 'log', text: logs.join(', '), says }];
}

async function ask(
  told: Triage,
  question: TargetQuestion,
  { outcome, logged }: First,
  site: TargetSite,
  world: TriageWorld,
): Promise<Triage> {
  const { request, credentials, waitMs = 0, permit } = question;
  const baseline = { request, outcome };
  const asking: AskingMeans = {
    ask: (probe, from) => site.ask(probe, from),
    probe: probeMaterial(question, site.address.host),
    waitMs,
    clock: monotonicClock,
    signal: world.signal,
    permit,
    sending: ({ probe }) => world.progress.stage(`sending ${probe.sends}`),
  };
  const asked = await askTarget(baseline, asking);
  const isCleared = testimoniesIn({ ...logged, outcome }).some(({ kind }) => kind === 'cleared');
  return conclude(told, { baseline, origin: asking.probe.origin, ...asked, credentials, show: showAsked, isCleared });
}
