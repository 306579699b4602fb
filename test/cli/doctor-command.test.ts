import { describe, expect, test } from 'vitest';
import { emptyLog, startTestLab } from '../pipeline/doctor-target.js';
import { serveHttp } from '../replay/loopback.js';
import { wafproof } from './command-line.js';

const doctor = (...words: readonly string[]) => wafproof(['doctor', ...words]);

describe('a target that is ready', () => {
  test('gives a table and 0', async () => {
    const { url, log } = await startTestLab();
    const { code, stdout } = await doctor('--target', url, '--log', log);
    expect(code).toBe(0);
    const rows = stdout.split('\n').filter((line) => / {2}(ok|warning|failed|skipped) /.test(line));
    expect(rows).toHaveLength(12);
    expect(stdout).toMatch(/Ready for a run\./);
    expect(stdout).toMatch(/ModSecurity 3.*OWASP_CRS.*paranoia level 1.*blocking/);
  });

  test('gives JSON on standard output, and nothing else', async () => {
    const { url, log } = await startTestLab();
    const { code, stdout } = await doctor('-t', url, '--log', log, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      target: { url, waf: { kind: 'modsecurity', mode: 'block', threshold: 5 } },
      checks: expect.arrayContaining([expect.objectContaining({ id: 'attack', status: 'ok' })]),
    });
  });
});

describe('a target that is not ready', () => {
  test('gives 1, and a fix for each check that failed', async () => {
    const url = await serveHttp((_, response) => response.end('ok'));
    const { code, stdout } = await doctor('-t', url, '--log', `${await emptyLog()}.absent`);
    expect(code).toBe(1);
    const failed = stdout.split('\n').filter((line) => line.startsWith('  failed')).length;
    expect(failed).toBeGreaterThan(0);
    expect(stdout.match(/Fix: /g)?.length).toBeGreaterThanOrEqual(failed);
    expect(stdout).toMatch(/check failed.*not ready/);
  });

  test('shows what its answers say without obeying it', async () => {
    const url = await serveHttp((_, response) =>
      response.writeHead(301, { location: 'http://a\u009b31m.example/' }).end(),
    );
    const { stdout } = await doctor('-t', url);
    expect(stdout).not.toContain('\u009b');
  });
});

describe('what cannot be done gives 2', () => {
  test('without a target', async () => {
    expect(await doctor()).toMatchObject({ code: 2, stderr: expect.stringMatching(/^TARGET_MISSING/) });
  });

  test('with a suite that is none', async () => {
    const { code, stderr } = await doctor('-t', 'http://127.0.0.1:1', './absent.yaml');
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringMatching(/^SUITE_NOT_FOUND/) });
  });
});

describe('--print-setup', () => {
  test('prints the lines of one server or of each', async () => {
    const servers = ['apache', 'nginx', 'coraza', 'aws', 'aws-policy'];
    const each = await Promise.all(servers.map((server) => doctor('--print-setup', server)));
    const all = await doctor('--print-setup');
    expect([...each, all].map(({ code }) => code)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(each[0]?.stdout).not.toContain('modsecurity_transaction_id');
    expect(each[1]?.stdout).toContain('modsecurity_transaction_id');
    expect(all.stdout).toBe(each.map(({ stdout }) => stdout).join('\n'));
  });

  test('knows no other server', async () => {
    expect(await doctor('--print-setup', 'iis')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/apache, nginx, coraza/),
    });
  });
});
