import type { Outcome } from '../model/exchange.js';
import type { Cause, Layer, Triage, TriageEvidence } from '../model/triage.js';
import { causeTexts } from './cause-texts.js';

/** The certificate of a server, as `replay/` sees it. */
interface CertificateSeen {
  readonly subject: string;
  readonly names: readonly string[];
  readonly issuer: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly problem?: string;
}

/** Who stands at the other end of a connection. */
interface PeerSeen {
  readonly name: string;
  readonly addresses: readonly string[];
  readonly used?: string;
  readonly certificate?: CertificateSeen;
  readonly wantsCertificate?: string;
  readonly problem?: string;
}

const mostNames = 12;

/**
 * Why no answer came, where the peer tells: it wants a certificate of the client, or this machine does not trust its own.
 * @param told what is known without the peer
 */
export function withPeer(told: Triage, peer: PeerSeen, outcome: Outcome): Triage {
  if (outcome.kind !== 'failed') return told;
  const { wantsCertificate, certificate } = peer;
  if (wantsCertificate !== undefined) {
    const says = 'the server ends the connection, since the client shows no certificate';
    const evidence = [...told.evidence, { from: 'response', text: `TLS ${wantsCertificate}`, says } as const];
    return { ...told, ...named('unknown', 'client-certificate'), evidence };
  }
  const isDistrusted = outcome.reason === 'tls' && certificate?.problem !== undefined;
  return isDistrusted ? { ...told, ...named('client', 'server-certificate') } : told;
}

function named(layer: Layer, cause: Cause) {
  const { fix, next } = causeTexts[cause];
  return { layer, cause, confidence: 'proved', alternatives: [], fix, next } as const;
}

/**
 * What the name, the addresses and the certificate of a server tell: requests that come to another machine than people think
 * are refused by one that nobody looks at.
 * @param host the name that is asked for, without a port; it may be another than the one that is connected to
 * @param now milliseconds since 1970
 */
export function peerFindings(peer: PeerSeen, host: string, now: number): readonly TriageEvidence[] {
  return [...addressFinding(peer, host), ...(peer.certificate ? certificateFindings(peer.certificate, host, now) : [])];
}

function addressFinding({ name, addresses, used, problem }: PeerSeen, host: string): readonly TriageEvidence[] {
  const at = used === undefined ? (problem ?? 'no connection') : `connected to ${plainAddress(used)}`;
  const asked = host === name ? '' : ` for ${host}`;
  const text = `${name}: ${addresses.join(', ') || 'no address'}; ${at}${asked}`;
  const others = addresses.filter((address) => address !== plainAddress(used ?? ''));
  const says =
    addresses.length === 0
      ? 'the name leads to no address here'
      : used !== undefined && others.length > 0
        ? 'the name leads to several addresses: another one may answer otherwise'
        : 'this is where the name leads from here: compare it with the server whose log is looked at';
  return [{ from: 'command', text, says }];
}

/** An IPv4 address within an IPv6 one is shown as itself. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

function certificateFindings(
  { subject, names, issuer, validFrom, validTo, problem }: CertificateSeen,
  host: string,
  now: number,
): readonly TriageEvidence[] {
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : '';
  const shown = names.length === 0 ? 'no names' : `${names.slice(0, mostNames).join(', ')}${more}`;
  const text = `${subject}; ${shown}; issued by ${issuer}; valid ${validFrom} to ${validTo}`;
  const about = certificateSays({ subject, names, validFrom, validTo }, host, now);
  const distrust = problem === undefined ? '' : `; it is not trusted here: ${problem}`;
  return [{ from: 'response', text, says: `${about}${distrust}` }];
}

function certificateSays(
  { subject, names, validFrom, validTo }: Omit<CertificateSeen, 'issuer'>,
  host: string,
  now: number,
): string {
  if (Date.parse(validTo) < now) return 'the certificate of the server has expired';
  if (Date.parse(validFrom) > now) return 'the certificate of the server is not valid yet: a clock may be wrong';
  const own = names.length > 0 ? names : [/(?:^|, )CN=([^,]+)/.exec(subject)?.[1] ?? ''];
  return own.some((one) => isFor(one, host))
    ? 'the certificate of the server names this host'
    : 'the certificate of the server does not name this host: another site, or something between, answers here';
}

/** A wildcard stands for one label (RFC 9525 section 6.3). */
function isFor(name: string, host: string): boolean {
  const plain = name.replace(/^(?:DNS|IP Address):/, '').toLowerCase();
  const wanted = host.replace(/^\[|\]$/g, '').toLowerCase();
  return plain === wanted || (plain.startsWith('*.') && plain.slice(1) === wanted.replace(/^[^.]+/, ''));
}
