import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { entriesFolder } from '../../../../src/waf/modsecurity/lab/lab-log.js';
import { attack, leaveOut, logWith, send, testFolder, testLab } from './server-fixture.js';

describe.skipIf(leaveOut('apache'))('ModSecurity 2 on Apache', () => {
  test('json: one line a request, with the rules as text', async () => {
    const entry = JSON.parse(await attackLog('apache', 'json'));
    expect(entry.request.headers['X-Wafproof-Id']).toBe('w7-attack');
    expect(entry.audit_data.action).toMatchObject({ intercepted: true, phase: 2 });
    expect(entry.audit_data.engine_mode).toBe('ENABLED');
    expect(entry.audit_data.messages.join('\n')).toMatch(/\[id "942100"\]/);
  });

  test('native: parts A, B, H and Z', async () => {
    const log = await attackLog('apache', 'native');
    expect(log.match(/^--[0-9a-f]{8}-([A-Z])--$/gm)?.map((line) => line.at(-3))).toEqual(['A', 'B', 'H', 'Z']);
    expect(log).toContain('X-Wafproof-Id: w7-attack');
    expect(log).toContain('Action: Intercepted (phase 2)');
    expect(log).toMatch(/^Engine-Mode: "ENABLED"$/m);
  });

  test('concurrent: an index and a file a request', async () => {
    const { index, entries } = await concurrentLog('apache');
    expect(entries).toHaveLength(1);
    expect(JSON.parse(entries[0] ?? '').request.headers['X-Wafproof-Id']).toBe('w7-attack');
    expect(index).toMatch(/403/);
  });

  test('error: a line a rule, and one that tells the correlation id', async () => {
    const log = await attackLog('apache', 'error');
    const id = /w7-attack.*\[unique_id "([^"]+)"\]/.exec(log)?.[1];
    expect(id).toMatch(/^[\w@-]{27}$/);
    expect(log.split('\n').filter((line) => line.includes(`[unique_id "${id}"]`)).length).toBeGreaterThan(3);
  });
});

describe.skipIf(leaveOut('nginx'))('ModSecurity 3 on nginx', () => {
  test('json: one line a request, with the rules as objects', async () => {
    const { transaction } = JSON.parse(await attackLog('nginx', 'json'));
    expect(transaction.request.headers['X-Wafproof-Id']).toBe('w7-attack');
    expect(transaction.response.http_code).toBe(403);
    expect(transaction.producer.secrules_engine).toBe('Enabled');
    expect(transaction.messages.map(({ details }: { details: { ruleId: string } }) => details.ruleId)).toContain(
      '942100',
    );
  });

  test('native: no action and no engine mode are told', async () => {
    const log = await attackLog('nginx', 'native');
    expect(log.match(/^---\w{8}---([A-Z])--$/gm)?.map((line) => line.at(-3))).toEqual(['A', 'B', 'H', 'Z']);
    expect(log).toContain('X-Wafproof-Id: w7-attack');
    expect(log).toMatch(/ModSecurity: Access denied with code 403 \(phase 2\)/);
    expect(log).not.toMatch(/^(?:Action|Engine-Mode):/m);
  });

  test('concurrent: an index and a file a request', async () => {
    const { index, entries } = await concurrentLog('nginx');
    expect(entries).toHaveLength(1);
    expect(JSON.parse(entries[0] ?? '').transaction.request.headers['X-Wafproof-Id']).toBe('w7-attack');
    expect(index).toMatch(/403/);
  });

  test('error: matches are lines of the level info', async () => {
    const log = await attackLog('nginx', 'error');
    const id = /w7-attack.*\[unique_id "([^"]+)"\]/.exec(log)?.[1];
    const lines = log.split('\n').filter((line) => line.includes(`[unique_id "${id}"]`));
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.filter((line) => line.includes('[error]')).every((line) => line.includes('Access denied'))).toBe(true);
  });
});

/** What a lab wrote of one attack. */
async function attackLog(waf: 'apache' | 'nginx', logFormat: 'json' | 'native' | 'error'): Promise<string> {
  const auditLog = join(testFolder(), 'waf.log');
  const lab = await testLab(waf, { auditLog, logFormat });
  await send(lab, attack, 'w7-attack');
  await logWith(auditLog, 'w7-attack');
  await lab.close();
  return logWith(auditLog, 'w7-attack');
}

async function concurrentLog(waf: 'apache' | 'nginx') {
  const parent = testFolder();
  chmodSync(parent, 0o755);
  const auditLog = join(parent, 'index.log');
  const lab = await testLab(waf, { auditLog, logFormat: 'concurrent' });
  await send(lab, attack, 'w7-attack');
  await lab.close();
  const folder = entriesFolder(auditLog);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  const entries = files.map((file) => readFileSync(join(file.parentPath, file.name), 'latin1'));
  return { index: readFileSync(auditLog, 'latin1'), entries };
}
