import { type Confidence, isLayer, type Layer, type Triage, type TriageEvidence } from '../model/triage.js';
import type { DenialGroup } from './denial-groups.js';
import { formatCount, plural } from './run-texts.js';

const layerNames: Readonly<Record<Layer, string>> = {
  client: 'the client itself',
  'egress-proxy': 'a proxy of this network',
  edge: 'the CDN or edge',
  waf: 'the WAF',
  gateway: 'the API gateway or load balancer',
  server: 'the web server',
  os: 'the operating system of the server',
  runtime: 'the runtime of the application',
  application: 'the application',
  storage: 'the storage',
  unknown: 'somebody',
};

/** Who refuses, in a sentence. Reports of earlier versions have other words, which stay as they are. */
function layerName(layer: string): string {
  return isLayer(layer) ? layerNames[layer] : layer;
}

/** `waf-rule` is spoken of as `WAF rule`. */
function causeName(cause: string): string {
  return cause.replaceAll('-', ' ').replace(/^waf|^ip|^tls|^csrf|^cors/, (word) => word.toUpperCase());
}

const confidenceNames: Readonly<Record<Confidence, string>> = {
  proved: 'proved',
  likely: 'likely',
  possible: 'possible',
  none: 'not decided',
};

/** What any server says, whoever made it. */
const anySystem = 'http';

/** Who refused and why, in words of this version or of an earlier one. */
type Named = Pick<DenialGroup, 'layer' | 'cause' | 'system'>;

/** `the WAF (modsecurity): WAF rule` */
export function refuserName({ layer, cause, system }: Named): string {
  const isNamed = system !== undefined && system !== anySystem;
  return `${layerName(layer)}${isNamed ? ` (${system})` : ''}: ${causeName(cause)}`;
}

/** The answer in one line: `The application (django): CSRF (proved)`. */
export function triageVerdict(told: Pick<Triage, 'layer' | 'cause' | 'system' | 'confidence'>): string {
  const { cause, confidence, layer } = told;
  if (cause === 'not-refused') return 'Not refused';
  if (cause === 'unknown')
    return `Not decided: ${layer === 'unknown' ? 'several layers may have refused it' : refuserName(told)}`;
  const name = refuserName(told);
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)} (${confidenceNames[confidence]})`;
}

/** What shows it best: what decided, else what is known first. */
export function decisiveOf({ evidence }: Pick<Triage, 'evidence'>): TriageEvidence | undefined {
  return evidence.find(({ decides }) => decides === true) ?? evidence[0];
}

/** `all 40 cases of Orders: CSRF, by the application` */
export function groupHeadline({ suite, layer, cause, cases, ofSuite }: DenialGroup): string {
  const all = cases === 1 ? 'the only case' : `all ${plural(cases, 'case')}`;
  const many = cases === ofSuite ? all : `${formatCount(cases)} of ${plural(ofSuite, 'case')}`;
  const who = layer === 'unknown' ? '' : `, by ${layerName(layer)}`;
  return `${many} of ${suite}: ${cause === 'unknown' ? 'refused, nobody says why' : causeName(cause)}${who}`;
}

/** What the author of a suite can do for all cases that are refused for one cause; for other causes it is a matter of the target. */
const suiteRemedies: Readonly<Record<string, string>> = {
  csrf: 'give the target a session with the page of the form, and take its token with !session',
  'authentication-required': 'give the target a session, or the suite its credentials (!env)',
  'token-expired': 'renew the token, or let a session of the target fetch one',
  'not-authorized': 'let the session log in as a user who may do this',
  'api-key': 'send the key in the defaults of the suite (!env)',
  'rate-limited': 'lower --rate and --connections, or have this address let past the limit',
  'user-agent-denied': 'send the User-Agent of a browser in the defaults of the suite',
  'referer-denied': 'send a Referer of the site itself in the defaults of the suite',
  cors: 'send no Origin of another site, or have that origin allowed',
  'host-not-allowed': 'give the target the host that the server knows',
  challenge: 'have the address of this machine let past the challenge',
};

/** What to do in the suite for all cases of a group; nothing where that would not help. */
export function suiteRemedy({ cause }: DenialGroup): string | undefined {
  return Object.hasOwn(suiteRemedies, cause) ? suiteRemedies[cause] : undefined;
}
