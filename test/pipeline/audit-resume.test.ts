import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AuditOptions } from '../../src/model/tune-options.js';
import { audit } from '../../src/pipeline/audit.js';
import { engine, files, folder, furnish, options, quoted, reportOf, world } from './audit-house.js';

beforeAll(furnish);

/** Audits with a cache of its own that is kept from call to call, and hears what is said of earlier audits. */
function auditor() {
  const cache = mkdtempSync(join(folder, 'cache-'));
  return async (more: Partial<AuditOptions> = {}, endAt = 'never') => {
    const interrupt = new AbortController();
    const said: string[] = [];
    const stages: string[] = [];
    const progress = {
      ...world.progress,
      warn: (text: string) => void said.push(text),
      stage(text: string, total?: number) {
        stages.push(`${text} ${total ?? ''}`.trim());
        if (text.startsWith(endAt)) interrupt.abort();
      },
    };
    const own = { ...world, env: { XDG_CACHE_HOME: cache }, progress, signal: interrupt.signal };
    const { audit: entries, interrupted } = await audit({ ...options, ...more }, own);
    return { entries, interrupted, earlier: said.filter((text) => text.startsWith('an earlier audit')), stages, cache };
  };
}

function cachedFile(cache: string): string {
  const audits = join(cache, 'wafproof', 'audits');
  return join(audits, readdirSync(audits)[0] ?? '');
}

describe('an audit that was ended and is called again', () => {
  it('goes on where it was, says so, and comes to what an audit in one go comes to', async () => {
    const again = auditor();
    const { entries: whole } = await auditor()();
    const first = await again({}, 'looking for an effect');
    expect(first.interrupted).toBeDefined();
    expect(first.earlier).toEqual([]);
    const second = await again();
    expect(second.interrupted).toBeUndefined();
    expect(second.earlier).toEqual([expect.stringMatching(/without (\d+) of \1 exclusions: this one goes on/)]);
    expect(second.stages.some((stage) => stage.startsWith('leaving out each'))).toBe(false);
    expect(second.entries).toEqual(whole);
    const third = await again();
    expect(third.earlier).toEqual([expect.stringMatching(/, and what \d+ of them do to attacks: /)]);
    expect(third.entries).toEqual(whole);
  });

  it('keeps nothing that a request holds, and nothing at all where that is not wanted', async () => {
    const again = auditor();
    const { cache } = await again();
    const text = readFileSync(cachedFile(cache), 'utf8');
    expect(text).toContain('s/cookie');
    expect(text).not.toContain("'1'='1");
    const without = auditor();
    const { cache: empty } = await without({ noCache: true });
    expect(readdirSync(empty)).toEqual([]);
  });

  it('takes nothing from a file that is torn', async () => {
    const again = auditor();
    const { cache, entries } = await again();
    const file = cachedFile(cache);
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, -20));
    const { earlier, entries: anew } = await again();
    expect(earlier).toEqual([]);
    expect(anew).toEqual(entries);
  });
});

describe('what an earlier audit found out', () => {
  /** Each changes one thing that an audit depends on. */
  const changes: Readonly<Record<string, () => Promise<Partial<AuditOptions>> | Partial<AuditOptions>>> = {
    'a rule of the user': () => {
      const rules = join(folder, 'own.conf');
      writeFileSync(rules, 'SecRule ARGS "@contains zebra" "id:4711,phase:2,deny"\n');
      return { engine: { ...engine, rulesAfter: [rules] } };
    },
    'a setting of the engine': () => ({ engine: { ...engine, threshold: 10 } }),
    'an exclusion': () => {
      const copies = files.map((file) => `other-${file}`);
      for (const [i, copy] of copies.entries()) cpSync(join(folder, files[i] ?? ''), join(folder, copy));
      appendFileSync(join(folder, copies[0] ?? ''), '\n# one byte more\n');
      return { audit: copies };
    },
    'a case': async () => ({ reports: [await reportOf(`path: /notes, form: { note: ${quoted} }`)] }),
    'an attack': () => {
      writeFileSync(join(folder, 'other-attacks.txt'), "1' or 'y'='y\n");
      return { attacks: ['other-attacks.txt'] };
    },
    'the engines that it is for': () => ({ engines: ['modsecurity2', 'modsecurity3'] }),
  };
  const again = auditor();
  beforeAll(() => again());

  it.each(Object.entries(changes))('is asked anew where %s is another one', async (_, change) => {
    const more = await change();
    const { earlier, entries } = await again(more);
    expect(earlier).toEqual([]);
    expect(entries).toEqual((await auditor()(more)).entries);
  });

  it('holds where all is the same', async () => {
    expect((await again()).earlier).toHaveLength(1);
  });
});
