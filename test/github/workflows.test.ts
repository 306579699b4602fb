import { expect, test } from 'vitest';
import { z } from 'zod';
import { toolVersion } from '../../src/pipeline/tool-version.js';
import { yamlFile, yamlFilesIn } from './yaml-files.js';

const folders = ['workflows', 'examples'];
const files = folders.flatMap(yamlFilesIn);
const byPath = files.map((file) => [file.path, file] as const);

// Its commit is not known before it is made; the tag of a version never moves.
const ownAction = `wafproof/wafproof/.github/action@v${toolVersion()}`;

const permission = z.enum(['read', 'write', 'none']);
const permissions = z.record(z.string(), permission);
const named = {
  name: z.string().optional(),
  id: z.string().optional(),
  if: z.string().optional(),
  'continue-on-error': z.boolean().optional(),
};
const values = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const step = z.union([
  z.strictObject({ ...named, uses: z.string(), with: values.optional() }),
  z.strictObject({ ...named, run: z.string().min(1), env: values.optional() }),
]);
const job = z.looseObject({
  'runs-on': z.string(),
  'timeout-minutes': z.number(),
  permissions: permissions.optional(),
  steps: z.array(step).min(1),
});
const workflow = z.looseObject({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  permissions,
  concurrency: z.unknown().refine((value) => value !== undefined),
  jobs: z.record(z.string(), job),
});

test.each(byPath)('%s is a workflow whose jobs have a limit and whose rights are named', (_, { value }) => {
  expect(() => workflow.parse(value)).not.toThrow();
});

test.each(byPath)('%s pins each action by its commit, and says which version that is', (_, { text }) => {
  const lines = usesOf(text);
  expect(lines.length).toBeGreaterThan(0);
  expect(
    lines.filter((line) => line !== ownAction && !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line)),
  ).toEqual([]);
});

test('an action is pinned to the same commit everywhere', () => {
  const pins = new Set([...files, yamlFile('action/action.yml')].flatMap(({ text }) => usesOf(text)));
  const actions = [...pins].map((pin) => pin.split('@')[0]);
  expect(actions.sort()).toEqual([...new Set(actions)].sort());
});

test.each(byPath)('%s puts no text from outside into a script', (_, { value }) => {
  const scripts = stepsOf(value).flatMap((one) => ('run' in one ? [one.run] : []));
  expect(scripts.filter((script) => script.includes('${{'))).toEqual([]);
});

test('only the jobs of a release that need a right to write have one', () => {
  const { permissions: all, jobs } = workflow.parse(yamlFile('workflows/release.yml').value);
  expect(all).toEqual({});
  expect(Object.fromEntries(Object.entries(jobs).map(([name, one]) => [name, one.permissions]))).toEqual({
    pack: { contents: 'read' },
    publish: { 'id-token': 'write' },
    announce: { contents: 'write' },
  });
});

test('a release takes its notes before it checks, and packs what it has checked', () => {
  const { jobs } = workflow.parse(yamlFile('workflows/release.yml').value);
  const scripts = Object.values(jobs).flatMap(({ steps }) => steps.flatMap((one) => ('run' in one ? [one.run] : [])));
  const commands = ['release-notes.mjs "$TAG"', 'npm run check', 'npm pack', 'npm publish', 'gh release create'];
  expect(scripts.map((script) => commands.filter((command) => script.includes(command)))).toEqual(
    commands.map((command) => [command]),
  );
  expect(scripts[3]).toContain('--provenance');
});

test('updates are looked for wherever an action or a package is named', () => {
  const { updates } = z
    .object({ version: z.literal(2), updates: z.array(z.looseObject({ 'package-ecosystem': z.string() })) })
    .parse(yamlFile('dependabot.yml').value);
  expect(updates).toEqual([
    expect.objectContaining({ 'package-ecosystem': 'npm', directory: '/', schedule: { interval: 'weekly' } }),
    expect.objectContaining({
      'package-ecosystem': 'github-actions',
      directories: ['/', '/.github/action', '/.github/examples'],
      schedule: { interval: 'weekly' },
    }),
  ]);
});

/** What stands behind `uses:`, with its comment. */
function usesOf(text: string): readonly string[] {
  return [...text.matchAll(/^ *(?:- )?uses: *(.*)$/gm)].map(([, uses = '']) => uses);
}

function stepsOf(value: unknown) {
  return Object.values(workflow.parse(value).jobs).flatMap(({ steps }) => steps);
}
