import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Tests and what they start write into one folder, which is gone when they are done. Servers' own users may enter it. */
export default function setUp(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'wafproof-tests-'));
  chmodSync(folder, 0o1777);
  process.env['TMPDIR'] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
