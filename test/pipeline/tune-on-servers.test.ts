import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { formatVariable } from '../../src/model/evidence.js';
import type { RunReport } from '../../src/model/report.js';
import { variableOf } from '../exclude/exclusions.js';
import { leaveOut, type ServerName } from '../waf/modsecurity/lab/server-fixture.js';
import { shapes, tuneGround } from './tune-ground.js';

const servers = ['apache', 'nginx'] as const;
const reports = new Map<string, Promise<RunReport>>();

/** The shapes as `check` reports them, and as they are tuned and tried on a server: each is asked for once. */
const checkedShapes = () => once('checked', () => tuneGround(2).check(shapes));
const tunedShapes = (tried: readonly ServerName[]) =>
  once(`tuned ${tried}`, async () => (await tuneGround(2).tune(await checkedShapes(), { servers: tried })).report);

function once(name: string, make: () => Promise<RunReport>): Promise<RunReport> {
  const report = reports.get(name) ?? make();
  reports.set(name, report);
  return report;
}

/** A file that only mod_security2 refuses, a field that both take for an attack, and a body that is too long for both. */
const disagreement = `
suite: S
cases:
  - id: pem
    path: /upload
    multipart:
      - { name: cert, filename: c.pem, type: application/x-pem-file, value: "-----BEGIN CERTIFICATE-----\\nMI\\n-----END CERTIFICATE-----\\n" }
  - { id: comment, path: /comments, form: { text: "1' or '1'='1" } }
  - { id: listing, path: /add, form: { description: "${'harmless words and '.repeat(9000)}" } }
`;

describe('exclusions for findings of many shapes', () => {
  for (const server of servers) {
    it.skipIf(leaveOut(server))(`clear them on a real ${server}, and leave their neighbours blocked`, async () => {
      const { results } = await checkedShapes();
      const blocked = results.filter(({ verdict }) => verdict.kind === 'false-positive').map(({ id }) => id);
      expect(blocked.length).toBeGreaterThanOrEqual(30);
      const { verification } = await tunedShapes([server]);
      const outcome = verification?.servers?.[0];
      expect(outcome?.engine).toMatch(server === 'apache' ? /ModSecurity 2\./ : /ModSecurity 3\./);
      expect([...(outcome?.cleared ?? [])].sort()).toEqual(blocked.sort());
      expect(outcome).toMatchObject({ stillBlocked: [], newlyBlocked: [], tooBroad: [] });
    });
  }

  it.skipIf(leaveOut('apache'))('are searched on Apache for what only mod_security2 blocks', async () => {
    const ground = tuneGround(3);
    const messages = '[ { role: user, content: "union select a from b" }, { role: user, content: hello there } ]';
    const checked = await ground.check(
      `suite: S\ncases:\n  - { id: chat, path: /chat, json: { messages: ${messages} } }\n`,
    );
    const { report } = await ground.tune(checked, { servers: ['apache'], engines: ['modsecurity2', 'modsecurity3'] });
    expect(report.verification?.servers).toMatchObject([{ cleared: ['s/chat'], stillBlocked: [], tooBroad: [] }]);
    expect(report.verification).toMatchObject({ cleared: ['s/chat'], stillBlocked: [] });
    const only = report.exclusions?.filter(({ seenOn }) => seenOn === 'apache') ?? [];
    expect(only.map((one) => [one.ruleIds, variableOf(one)?.key]).sort()).toEqual([
      [[921180], 'paramcounter_ARGS_NAMES:messages.messages.content'],
      [[921180], 'paramcounter_ARGS_NAMES:messages.messages.role'],
    ]);
  });

  it.skipIf(leaveOut('apache'))('are written where Apache confirms them, and told as Apache tells them', async () => {
    const ground = tuneGround(1);
    const checked = await ground.check(disagreement);
    // The engine here does not know the file that Apache refuses, and refuses another body for its length.
    const { report, files } = await ground.tune(checked, { servers: ['apache'], engines: ['modsecurity2'] });
    const { verification, exclusions } = report;
    expect(verification).toMatchObject({
      engine: expect.stringMatching(/^ModSecurity 2\..* \(apache\)$/),
      cleared: ['s/comment', 's/listing', 's/pem'],
      stillBlocked: [],
      newlyBlocked: [],
      notReproduced: [],
      embedded: { engine: expect.stringMatching(/^ModSecurity 3\./), cleared: ['s/comment', 's/listing'] },
    });
    expect(exclusions?.map(({ effect }) => effect)).toContain('raise-limit');
    expect(verification?.refused).toBeUndefined();
    const written = (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('');
    expect(written).toContain('SecRequestBodyNoFilesLimit 262144');
    expect(written).toMatch(/What is excluded was verified on ModSecurity 2\..* \(apache\)/);
    expect(written).toContain('3 false positives pass, 0 are still blocked');
  });

  it('are wider than a named field of one endpoint only where the engine cannot be told one', async () => {
    const report = await tunedShapes(leaveOut('nginx') ? [] : ['nginx']);
    const wide = report.exclusions?.filter(({ widerBecause }) => widerBecause !== undefined) ?? [];
    expect(
      wide
        .map(variableOf)
        .map((variable) => variable && formatVariable(variable))
        .sort(),
    ).toEqual(['ARGS:a,b', 'ARGS:größe', 'ARGS:user[pass word]']);
    expect(report.exclusions?.filter(({ effect }) => effect === 'remove-rule')).toEqual([]);
    expect(report.verification).toMatchObject({ stillBlocked: [], newlyBlocked: [], tooBroad: [], noEffect: [] });
  });
});
