import type { Alternative, Cause, Confidence, Layer } from '../../model/triage.js';
import type { TriagedRequest } from '../material.js';
import type { ProbeId } from './probes.js';

/** Who else it may be, unless one of these probes was refused, or passed, and so rules it out. */
export interface OpenCause extends Alternative {
  readonly unlessRefused?: readonly ProbeId[];
  /** It is one only where something in the request speaks for it. */
  readonly onlyIf?: (sent: TriagedRequest) => boolean;
}

/** What a way through the decision table comes to. */
export interface Conclusion {
  readonly cause: Cause;
  /** `unknown` where no request tells who has the rule. */
  readonly layer: Layer;
  readonly confidence: Confidence;
  /** In a sentence without its full stop. */
  readonly says: string;
  /** The likeliest first. */
  readonly or: readonly OpenCause[];
  /** Absent where nothing is to be done before more is known. */
  readonly fix?: string;
  /** What would decide, or prove. */
  readonly next: string;
}

export const tellsOfPath = 'the error log of the server at that minute says which directive or file it was';
export const tellsOfWaf = "the WAF's log at that minute names the rule and the field";
