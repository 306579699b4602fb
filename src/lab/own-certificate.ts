import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A key and a certificate for it that nobody else vouches for. */
export interface OwnCertificate {
  /** As PEM. */
  readonly key: string;
  /** As PEM. */
  readonly cert: string;
  /** SHA-256 of the public key (SubjectPublicKeyInfo) in base64: by it a client can be told to trust this one key. */
  readonly keyHash: string;
}

const year = 365 * 24 * 3600 * 1000;

/** Makes a certificate (RFC 5280, version 1) that is in force now. Its key is kept in memory and for one process. */
export function makeCertificate(commonName: string, now = Date.now()): OwnCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const name = sequence(tagged(0x31, sequence(objectId(commonNameId), tagged(0x0c, Buffer.from(commonName)))));
  const validity = sequence(time(now - year / 12), time(now + year));
  const serial = tagged(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)]));
  const signed = sequence(serial, algorithm, name, validity, name, spki);
  const certificate = sequence(
    signed,
    algorithm,
    tagged(0x03, Buffer.concat([Buffer.alloc(1), signedBy(privateKey, signed)])),
  );
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: pem(certificate),
    keyHash: createHash('sha256').update(spki).digest('base64'),
  };
}

function signedBy(key: KeyObject, bytes: Buffer): Buffer {
  return sign('sha256', bytes, { key, dsaEncoding: 'der' });
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

/** `2.5.4.3`, and `1.2.840.10045.4.3.2` (ecdsa-with-SHA256), each encoded. */
const commonNameId = '550403';
const algorithm = sequence(objectId('2a8648ce3d040302'));

function objectId(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, 'hex'));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

/** UTCTime, good until 2049. */
function time(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replace(/\D/g, '').slice(2, 14);
  return tagged(0x17, Buffer.from(`${digits}Z`, 'latin1'));
}

/** Tag, length and content in DER. */
function tagged(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content.length)]), content]);
}

function lengthOf(length: number): readonly number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}
