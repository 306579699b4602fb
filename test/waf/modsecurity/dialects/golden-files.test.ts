import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../../../src/util/package-root.js';
import { dialectNames, dialectOf } from '../../../../src/waf/modsecurity/dialects/dialects.js';
import { type EngineName, engineNames } from '../../../../src/waf/modsecurity/dialects/rule-dialect.js';
import { filesOf, narrowest, needs, notes } from './scenario.js';

const golden = join(packageRoot, 'test', 'fixtures', 'dialects');

/** What each dialect writes, for the engines that its name does not tell. `vitest -u` writes the files anew. */
const written: readonly { readonly folder: string; readonly name: string; readonly engines: readonly EngineName[] }[] =
  [
    { folder: 'modsecurity-2', name: 'modsecurity', engines: ['modsecurity2'] },
    { folder: 'modsecurity-3', name: 'modsecurity', engines: ['modsecurity3'] },
    { folder: 'modsecurity-every-engine', name: 'modsecurity', engines: engineNames },
    { folder: 'crs-plugin', name: 'crs-plugin', engines: ['modsecurity3'] },
    { folder: 'apache-location', name: 'apache-location', engines: ['modsecurity2'] },
    { folder: 'nginx-location', name: 'nginx-location', engines: ['modsecurity3'] },
    { folder: 'ingress-nginx', name: 'ingress-nginx', engines: ['modsecurity3'] },
    { folder: 'coraza', name: 'coraza', engines: ['coraza'] },
  ];

describe.each(written)('$folder', ({ folder, name, engines }) => {
  const dialect = dialectOf(name, engines);

  test('writes what it wrote before', async () => {
    const files = Object.entries(dialect === undefined ? {} : filesOf(dialect));
    expect(files.length).toBeGreaterThan(0);
    for (const [file, text] of files) await expect(text).toMatchFileSnapshot(join(golden, folder, file));
  });

  test('writes the same text whatever order the exclusions come in', () => {
    if (dialect === undefined) throw new Error(`no dialect ${name}`);
    const exclusions = needs.map((need) => narrowest(dialect, need));
    expect(dialect.write(exclusions.toReversed(), notes)).toEqual(dialect.write(exclusions, notes));
  });

  test('tells the lines that serve each endpoint', () => {
    if (dialect === undefined) throw new Error(`no dialect ${name}`);
    const exclusions = needs.map((need) => narrowest(dialect, need));
    const { files, sections } = dialect.write(exclusions, notes);
    for (const { scope, file, from, to } of sections) {
      const lines = (files.find((one) => one.name === file)?.content ?? '').split('\n').map((line) => line.trim());
      const own = lines.slice(from - 1, to);
      expect([lines[from - 2], lines[to]]).toEqual(['', '']);
      expect(own).not.toContain('');
      expect(own).toContain(`# ${scope.method ?? 'Any method'} ${scope.path}`);
      expect(own.join('\n')).toMatch(/ruleRemove|SecRuleUpdate|SecRuleRemove|setvar/);
    }
    const wide = exclusions.filter(({ scope }) => scope.path === undefined);
    expect(sections.length > 0 || name === 'ingress-nginx' || wide.length === exclusions.length).toBe(true);
  });

  test('writes files that say so where there is nothing to exclude', () => {
    for (const { content } of dialect?.write([], notes).files ?? [])
      expect(content).toMatch(/There is nothing to exclude here|switch/);
  });
});

test('every dialect is among them', () => {
  expect([...new Set(written.map(({ name }) => name))].sort()).toEqual([...dialectNames].sort());
});
