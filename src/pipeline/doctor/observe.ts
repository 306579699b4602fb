import type { LogRecord } from '../../contract/log-record.js';
import type { Problem } from '../../model/error.js';
import type { TargetOptions } from '../../model/target-options.js';
import { infoSuffix } from '../../waf/modsecurity/probe-rules.js';
import { askUntilFound, patienceWith } from '../ask-until-found.js';
import type { Asked, Conversation } from './conversation.js';
import { harmlessTwin, type LargestCase } from './largest-case.js';
import { attackRequest, benignRequest, longRequest, wire } from './requests.js';

/** What the doctor asks for. */
export interface Examination {
  readonly target: TargetOptions;
  /** The attack canary may be sent. */
  readonly attacks: boolean;
  readonly largest: LargestCase | undefined;
}

/** All that was seen. What could not be asked, because of what was seen before, is absent. */
export interface Observations extends Examination {
  readonly logProblem: Problem | undefined;
  /** What our correlation ids begin with. */
  readonly prefix: string;
  readonly benign: Asked;
  readonly attack?: Asked;
  readonly long?: Asked;
  readonly body?: Asked;
  /** Log entries that were written meanwhile and bear none of our ids. */
  readonly strangers: readonly LogRecord[];
}

/** Asks the target, one question after the other, as long as it answers. */
export async function observe(examination: Examination, talk: Conversation): Promise<Observations> {
  const { target, attacks, largest } = examination;
  const benign = await askUntilFound(
    (number, answered) => talk.ask(benignRequest(target), `doctor${number}${infoSuffix}`, answered),
    talk.logProblem === undefined ? patienceWith(target) : 0,
    talk.signal,
  );
  const up = benign.exchange.outcome.kind === 'answered';
  const joined = benign.joined.kind === 'found';
  const attack = up && attacks ? await talk.ask(attackRequest(target), 'doctor-attack') : undefined;
  const long = joined ? await talk.ask(longRequest(target, attacks), 'doctor-long') : undefined;
  const body = up && largest ? await talk.ask(wire(target, harmlessTwin(largest)), 'doctor-body') : undefined;
  return {
    ...examination,
    logProblem: talk.logProblem,
    prefix: talk.prefix,
    benign,
    ...(attack !== undefined && { attack }),
    ...(long !== undefined && { long }),
    ...(body !== undefined && { body }),
    strangers: talk.strangers(),
  };
}
