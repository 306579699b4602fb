import type { Asked, Observations } from '../../contract/check.js';
import type { LogRecord } from '../../contract/log-record.js';
import type { Waf } from '../../contract/waf.js';
import { infoSuffix } from '../../model/correlation.js';
import type { WafInfo, WafKind } from '../../model/report.js';
import type { TargetOptions } from '../../model/target-options.js';
import { askUntilFound } from '../ask-until-found.js';
import type { Conversation } from './conversation.js';
import { harmlessTwin, shortTwin } from './harmless-twin.js';
import { attackRequest, benignRequest, wire } from './requests.js';
import type { SuiteProbes } from './suite-probes.js';

/** What the doctor asks for. */
export interface Examination extends SuiteProbes {
  readonly target: TargetOptions;
  /** The attack canary may be sent. */
  readonly attacks: boolean;
}

/** Asks the target, one question after the other, as long as it answers. */
export async function observe(examination: Examination, waf: Waf, talk: Conversation): Promise<Observations> {
  const { target, attacks, largest, place } = examination;
  const benign = await askUntilFound(
    (number, answered) => talk.ask(benignRequest(target), `doctor${number}${infoSuffix}`, answered),
    talk.patienceMs,
    talk.signal,
  );
  const up = benign.exchange.outcome.kind === 'answered';
  const joined = benign.joined.kind === 'found';
  const attacked = up && attacks;
  const harmless = attacked && place ? await talk.ask(wire(target, place.request), 'doctor-harmless') : benign;
  const attack = attacked ? await talk.ask(attackRequest(target, place), 'doctor-attack') : undefined;
  const more = joined ? await askMore(examination, waf, talk) : [];
  const shortBody = up && largest ? await talk.ask(wire(target, shortTwin(largest)), 'doctor-short') : undefined;
  const body = up && largest ? await talk.ask(wire(target, harmlessTwin(largest)), 'doctor-body') : undefined;
  return {
    target,
    attacks,
    largest,
    place,
    logProblem: talk.logProblem,
    logFormats: talk.logFormats(),
    logWaitMs: talk.logWaitMs,
    prefix: talk.prefix,
    benign,
    harmless,
    ...(attack !== undefined && { attack }),
    ...(body !== undefined && { body }),
    ...(shortBody !== undefined && { shortBody }),
    more: new Map(more),
    strangers: talk.strangers(),
    forged: talk.forged(),
    ...(talk.proxy !== undefined && { proxy: talk.proxy }),
    waf: wafIn([benign, attack], waf.kind),
  };
}

/** What checks of the WAF's ask for beside the common questions. */
async function askMore({ target, attacks }: Examination, { checks }: Waf, talk: Conversation) {
  const asked: (readonly [string, Asked])[] = [];
  for (const check of checks) {
    const request = check.request?.(attacks);
    if (request !== undefined) asked.push([check.id, await talk.ask(wire(target, request), `doctor-${check.id}`)]);
  }
  return asked;
}

function wafIn(asked: readonly (Asked | undefined)[], kind: WafKind): WafInfo | undefined {
  const records = asked.flatMap((one) => (one?.joined.kind === 'found' ? [one.joined.record] : []));
  return records.length === 0 ? undefined : knownOf(records, kind);
}

function knownOf(records: readonly LogRecord[], kind: WafKind): WafInfo {
  const thresholds = records.flatMap(({ score }) => (score === undefined ? [] : [{ threshold: score.threshold }]));
  return Object.assign({ kind }, ...thresholds, ...records.map(({ waf }) => waf).toReversed());
}
