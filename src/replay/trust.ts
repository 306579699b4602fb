import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';
import { fail } from '../model/error.js';
import { reasonOf } from '../util/reason-of.js';

/**
 * What to trust beside the authorities that Node trusts. It is made once: to read all of them for each connection takes long.
 * @param file certificates of authorities, or of the server itself, in PEM
 * @throws WafproofError `CA_UNREADABLE`
 */
export function trustIn(file: string): tls.SecureContext {
  const own = certificatesIn(file);
  return tls.createSecureContext({ ca: [...tls.rootCertificates, ...own] });
}

const certificate = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]*-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;

function certificatesIn(file: string): readonly string[] {
  const place = { file };
  try {
    const found = readFileSync(file, 'latin1').match(certificate) ?? [];
    for (const text of found) new X509Certificate(text);
    if (found.length > 0) return found;
  } catch (cause) {
    throw fail('CA_UNREADABLE', { reason: reasonOf(cause) }, { place, cause });
  }
  throw fail('CA_UNREADABLE', { reason: 'there is no certificate in it' }, { place });
}

/** What to do about a certificate that was not accepted, by what Node says of it. */
export function certificateCure(message: string): string {
  if (/altname|does not match/i.test(message))
    return 'name the host that the certificate is for as "host" of the target in the config, or, in a lab, set "insecure: true" there';
  if (/expired|not yet valid/i.test(message))
    return 'renew the certificate, or, in a lab, set "insecure: true" for this target in the config';
  return 'name a file with the certificate of its authority as "ca" of the target in the config, or, in a lab, set "insecure: true" there';
}
