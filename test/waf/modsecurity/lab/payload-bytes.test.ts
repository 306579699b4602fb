import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RuleHit } from '../../../../src/model/evidence.js';
import { runAgainst } from '../../../pipeline/run-against.js';
import { ruleFolder } from '../engine-fixture.js';
import { leaveOut, type ServerName, testFolder, testLab } from './server-fixture.js';

/** Logs each argument as the Core Rule Set logs what it matches. */
const rules = `SecComponentSignature "bytes/1.0"
SecRule ARGS "@rx (?s)^.*$" "id:100100,phase:2,pass,t:none,log,msg:'seen',severity:'NOTICE',logdata:'Matched Data: %{MATCHED_VAR} found within %{MATCHED_VAR_NAME}: %{MATCHED_VAR}'"
`;

interface Field {
  readonly name: Uint8Array;
  readonly value: Uint8Array;
}

const bytes = (maxLength: number) => fc.uint8Array({ minLength: 1, maxLength, size: 'max' });
const anyField: fc.Arbitrary<Field> = fc.record({
  name: fc.oneof(fc.constant(Buffer.from('p')), bytes(20)),
  value: fc.oneof(bytes(20), bytes(220), bytes(900)),
});
/** One for each byte there is, within a value and within a name. */
const everyByte: readonly Field[] = Array.from({ length: 256 }, (_, byte) => [
  { name: Buffer.from('p'), value: Buffer.from([0x41, byte, 0x42]) },
  { name: Buffer.from([0x41, byte, 0x42]), value: Buffer.from('value') },
]).flat();

describe.each<ServerName>(['apache', 'nginx'])('%s', (waf) => {
  describe.skipIf(leaveOut(waf))('any bytes of a payload', { timeout: 60_000 }, () => {
    test.each(['json', 'native'] as const)('come back from a %s log, or are said to be cut', async (format) => {
      const lab = await bytesLab(waf, format);
      await expectBack(lab, everyByte);
      await fc.assert(
        fc.asyncProperty(fc.array(anyField, { minLength: 30, maxLength: 60 }), (fields) => expectBack(lab, fields)),
        { numRuns: 5 },
      );
    });
  });
});

async function bytesLab(waf: ServerName, logFormat: 'json' | 'native'): Promise<{ url: string; log: string }> {
  const folder = testFolder();
  chmodSync(folder, 0o755);
  const log = join(folder, 'waf.log');
  const { url } = await testLab(waf, { auditLog: log, logFormat, engine: { crs: ruleFolder(rules) } });
  return { url, log };
}

/** Sends each field in a request of its own. */
async function expectBack(lab: { url: string; log: string }, fields: readonly Field[]): Promise<void> {
  const headers = { Host: 'localhost', 'Content-Type': 'application/x-www-form-urlencoded' };
  const cases = fields.map(({ name, value }, i) => ({
    id: `${i}`,
    method: 'POST',
    path: '/',
    headers,
    body: `${encoded(name)}=${encoded(value)}`,
  }));
  const { results } = await runAgainst(lab, JSON.stringify({ suite: 'S', cases }), { target: { logWaitMs: 5000 } });
  const amiss = results.flatMap(({ hits }, i) => {
    const field = fields[i];
    const [hit, ...others] = hits;
    if (field !== undefined && hit !== undefined && others.length === 0 && isBack(hit, field)) return [];
    return [{ name: field?.name.toString(), value: field?.value.toString(), hits }];
  });
  expect(amiss).toEqual([]);
}

/** Bytes that are no UTF-8 are U+FFFD. JSON of libmodsecurity 3 ends at a NUL byte, and says nothing after such a name. */
function isBack({ variable, matched, matchedTruncated }: RuleHit, { name, value }: Field): boolean {
  if (variable.collection !== 'ARGS' || variable.key !== text(name)) return false;
  if (matched === undefined) return name.includes(0);
  return matchedTruncated ? text(value).startsWith(matched) : matched === text(value);
}

function text(of: Uint8Array): string {
  return Buffer.from(of).toString('utf8');
}

function encoded(of: Uint8Array): string {
  return [...of].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}
