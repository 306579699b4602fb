/** Where a request can be refused, from the client to the data. */
const layers = [
  'client',
  'egress-proxy',
  'edge',
  'waf',
  'gateway',
  'server',
  'os',
  'runtime',
  'application',
  'storage',
  'unknown',
] as const;

/** Who refused a request, by the place where it stands. `egress-proxy` is of the network that the client is in. */
export type Layer = (typeof layers)[number];

/** Whether a word of a report is a layer that this version knows. */
export function isLayer(word: string): word is Layer {
  return layers.some((layer) => layer === word);
}

/** Why a request is refused. */
const causes = [
  'waf-rule',
  'waf-body-parser',
  'waf-outbound',
  'challenge',
  'body-too-large',
  'path-denied',
  'ip-denied',
  'geo-denied',
  'method-denied',
  'missing-index',
  'file-permission',
  'symlink-denied',
  'script-not-executable',
  'referer-denied',
  'user-agent-denied',
  'content-type-denied',
  'host-not-allowed',
  'authentication-required',
  'not-authorized',
  'api-key',
  'token-expired',
  'csrf',
  'cors',
  'rate-limited',
  'quota',
  'subscription',
  'client-certificate',
  'tls-required',
  'server-certificate',
  'signed-url',
  'storage-policy',
  'mandatory-access-control',
  'maintenance',
  'business-rule',
  'legal',
  'upstream-down',
  'internal-error',
  'unreachable',
  'connection-dropped',
  'malformed-request',
  'method-not-supported',
  'not-found',
  'content-denied',
  'not-refused',
  'unknown',
] as const;

/**
 * The reason of a refusal; `not-refused` where there was none. `content-denied`: what the request holds is refused, and it is no
 * rule of a WAF, or nobody can tell.
 */
export type Cause = (typeof causes)[number];

/**
 * How sure an answer is.
 * - `proved`: only this layer writes what was seen, or its own log says so of this very request.
 * - `likely`: right in at least nine of ten answers that look like this.
 * - `possible`: it fits, and so does something else.
 */
export type Grade = 'proved' | 'likely' | 'possible';

/** A grade; `none` where nothing was decided. */
export type Confidence = Grade | 'none';

/** One piece of what an answer rests on. */
export interface TriageEvidence {
  readonly from: 'response' | 'log' | 'command' | 'experiment' | 'report';
  /** The decisive bytes, as they came. */
  readonly text: string;
  /** What they mean, in a sentence without its full stop. */
  readonly says: string;
  /** It decided between what was left; of several pieces one at most. */
  readonly decides?: true;
}

/** Who else may have refused, and why. */
export interface Alternative {
  readonly layer: Layer;
  readonly cause: Cause;
  /** The name of the product in the table of systems. */
  readonly system?: string;
}

/** Which layer refused a request and why, with what shows it. `wafproof triage --json` prints it. */
export interface Triage extends Alternative {
  readonly confidence: Confidence;
  readonly evidence: readonly TriageEvidence[];
  /** What to change and where, and the request that confirms it. */
  readonly fix?: string;
  /** The one log line or request that would decide, or prove. */
  readonly next?: string;
  /** Who else it may have been, the likeliest first. */
  readonly alternatives: readonly Alternative[];
  /** What it was not, and what says so. */
  readonly ruledOut?: readonly string[];
  /** Systems that were on the way, whether they refused or not. */
  readonly hops?: readonly string[];
  /** What a few requests to the target found, in a sentence without its full stop. */
  readonly found?: string;
  /** One line for the owner of the layer: reference id, UTC, address, URL. */
  readonly handOver?: string;
}
