import type { Asked, Observations } from '../../contract/check.js';
import type { LogRecord } from '../../contract/log-record.js';
import type { Waf } from '../../contract/waf.js';
import { infoSuffix } from '../../model/correlation.js';
import type { WafInfo, WafKind } from '../../model/report.js';
import type { WireRequest } from '../../model/request.js';
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

/**
 * Asks the target, one question after the other, as long as it answers. A log that comes minutes later is waited for once,
 * when all is asked.
 */
export async function observe(examination: Examination, waf: Waf, talk: Conversation): Promise<Observations> {
  const { target, attacks, largest, place } = examination;
  const first = await askBenign(target, talk);
  const up = first.isAnswered;
  const attacked = up && attacks;
  const ask = (request: WireRequest, name: string) => askOnce(request, name, talk);
  const harmless = attacked && place ? await ask(wire(target, place.request), 'doctor-harmless') : first;
  const attack = attacked ? await ask(attackRequest(target, place), 'doctor-attack') : undefined;
  const mayBeFound = up && (talk.isSlow || (await first.asked).joined.kind === 'found');
  const more = mayBeFound ? await askMore(examination, waf, talk) : [];
  const shortBody = up && largest ? await ask(wire(target, shortTwin(largest)), 'doctor-short') : undefined;
  const body = up && largest ? await ask(wire(target, harmlessTwin(largest)), 'doctor-body') : undefined;
  const seen = { benign: await first.asked, harmless: await harmless.asked, attack: await attack?.asked };
  return {
    target,
    attacks,
    largest,
    place,
    logProblem: talk.logProblem,
    logFormats: talk.logFormats(),
    logWaitMs: talk.logWaitMs,
    prefix: talk.prefix,
    benign: seen.benign,
    harmless: seen.harmless,
    ...(seen.attack !== undefined && { attack: seen.attack }),
    ...(body !== undefined && { body: await body.asked }),
    ...(shortBody !== undefined && { shortBody: await shortBody.asked }),
    more: new Map(await Promise.all(more.map(async ({ id, asked }) => [id, await asked] as const))),
    strangers: talk.strangers(),
    forged: talk.forged(),
    ...(talk.proxy !== undefined && { proxy: talk.proxy }),
    waf: wafIn([seen.benign, seen.attack], waf.kind),
  };
}

/** A question that was answered, or failed; what the log says of it may come later. */
interface Question {
  readonly isAnswered: boolean;
  readonly asked: Promise<Asked>;
}

/** Until the log shows one, where it may not be up yet. */
async function askBenign(target: TargetOptions, talk: Conversation): Promise<Question> {
  if (talk.isSlow) return askOnce(benignRequest(target), `doctor1${infoSuffix}`, talk);
  const asked = await askUntilFound(
    (number, answered) => talk.ask(benignRequest(target), `doctor${number}${infoSuffix}`, answered),
    talk.patienceMs,
    talk.signal,
  );
  return { isAnswered: asked.exchange.outcome.kind === 'answered', asked: Promise.resolve(asked) };
}

/** Waits for what the log says of it, unless that comes minutes later. */
async function askOnce(request: WireRequest, name: string, talk: Conversation): Promise<Question> {
  const question = await new Promise<Question>((resolve, reject) => {
    const asked: Promise<Asked> = talk.ask(request, name, ({ outcome }) =>
      resolve({ isAnswered: outcome.kind === 'answered', asked }),
    );
    asked.catch(reject);
  });
  if (!talk.isSlow) await question.asked;
  return question;
}

/** What checks of the WAF's ask for beside the common questions. */
async function askMore({ target, attacks }: Examination, { checks }: Waf, talk: Conversation) {
  const asked: (Question & { readonly id: string })[] = [];
  for (const check of checks) {
    const request = check.request?.(attacks);
    if (request === undefined) continue;
    asked.push({ id: check.id, ...(await askOnce(wire(target, request), `doctor-${check.id}`, talk)) });
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
