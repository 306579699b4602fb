import { stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { z } from 'zod';
import { fail, type Problem, problem, WafproofError } from '../model/error.js';
import { closest } from '../util/closest.js';
import { type FileText, readText } from '../util/read-file.js';
import { issueText } from '../yaml/issue-text.js';
import { plainValue } from '../yaml/plain-value.js';
import { locate, withoutUnion } from '../yaml/shape-issues.js';
import { entryOf, type YamlNode } from '../yaml/yaml-node.js';
import { parseYaml } from '../yaml/yaml-parse.js';
import { holderOf, keysAt } from './config-keys.js';
import { type ConfigShape, configSchema } from './config-schema.js';

/** What the config file says. Its suites are relative to the working directory, its other paths to its folder. */
export interface Config extends Omit<ConfigShape, 'suites'> {
  /** Those of the config, else the folder `suites`, where there is one. */
  readonly suites: readonly string[];
  /** Where it lies. */
  readonly folder: string;
}

const defaultFile = 'wafproof.config.yaml';
const suitesFolder = 'suites';
const sizeLimit = 1024 * 1024;

/**
 * Reads the config file; without one, and without a file that is asked for, everything is at its default.
 * @throws WafproofError `CONFIG_NOT_FOUND`, `CONFIG_INVALID` with each place
 */
export async function loadConfig({ cwd, file }: { readonly cwd: string; readonly file?: string }): Promise<Config> {
  const path = resolve(cwd, file ?? defaultFile);
  const place = { file: relative(cwd, path) || path };
  const read = await readText(path, sizeLimit);
  if (read.kind === 'missing') {
    if (file !== undefined) throw fail('CONFIG_NOT_FOUND', {}, { place });
    return { folder: cwd, targets: {}, suites: await usualSuites(cwd, '.') };
  }
  if (read.kind !== 'read') throw fail('CONFIG_INVALID', { message: whyNot(read) }, { place });
  const { suites, targets } = parseConfig(read.text, place.file);
  const folder = dirname(place.file);
  const named = suites?.map((pattern) => fromFolder(folder, pattern));
  return { folder: dirname(path), targets, suites: named ?? (await usualSuites(dirname(path), folder)) };
}

/** Where nobody says which suites are meant: those of `suites/`, where "wafproof init" puts the first one. */
async function usualSuites(path: string, folder: string): Promise<readonly string[]> {
  const isThere = await stat(join(path, suitesFolder)).then(
    (info) => info.isDirectory(),
    () => false,
  );
  return isThere ? [fromFolder(folder, suitesFolder)] : [];
}

/** A path or glob of the config as one of the working directory. */
function fromFolder(folder: string, pattern: string): string {
  return folder === '.' || isAbsolute(pattern) ? pattern : join(folder, pattern);
}

function whyNot(read: Exclude<FileText, { readonly kind: 'read' | 'missing' }>): string {
  switch (read.kind) {
    case 'not-text':
      return 'is not UTF-8 text';
    case 'too-large':
      return `is larger than ${sizeLimit} bytes`;
    case 'unreadable':
      return `cannot be read: ${read.reason}`;
  }
}

function parseConfig(text: string, file: string): ConfigShape {
  const parsed = parseYaml(text, file);
  if (parsed.kind === 'invalid') {
    throw fail('CONFIG_INVALID', { message: `is not valid YAML: ${parsed.reason}` }, { place: parsed.at });
  }
  const checked = configSchema.safeParse(plainValue(parsed.root), { error: () => '', reportInput: true });
  if (checked.success) return withStepPlaces(checked.data, parsed.root);
  const [first, ...others] = checked.error.issues.flatMap(withoutUnion).flatMap((issue) => explain(issue, parsed.root));
  throw new WafproofError([first ?? problem('CONFIG_INVALID', { message: 'is no config' }, { file }), ...others]);
}

/** Notes where the steps of sessions stand: what goes wrong with one is told later. */
function withStepPlaces(shape: ConfigShape, root: YamlNode): ConfigShape {
  const targets = Object.entries(shape.targets).map(([name, target]) => {
    const { session } = target;
    if (session === undefined) return [name, target] as const;
    const placeOf = (...keys: readonly (string | number)[]) =>
      locate(root, ['targets', name, 'session', ...keys]).node.at;
    const stepPlaces = session.steps?.map((_, i) => placeOf('steps', i));
    const browserAt = session.browser && placeOf('browser');
    return [name, { ...target, session: { ...session, stepPlaces, browserAt } }] as const;
  });
  return { ...shape, targets: Object.fromEntries(targets) };
}

function explain(issue: z.core.$ZodIssue, root: YamlNode): readonly Problem[] {
  const { node } = locate(root, issue.path);
  if (issue.code !== 'unrecognized_keys') {
    return [problem('CONFIG_INVALID', { message: issueText(issue, 'the config', node) }, node.at)];
  }
  return issue.keys.map((key) => {
    const message = `"${key}" is not a key that may stand here${advice(key, issue.path)}`;
    return problem('CONFIG_INVALID', { message }, entryOf(node, key)?.keyAt ?? node.at);
  });
}

/** What the key was meant to be or, where it is right and its place is not, where it stands. */
function advice(key: string, path: readonly PropertyKey[]): string {
  const holder = holderOf(key);
  if (holder !== undefined) return `; it stands under "${holder}"`;
  const near = closest(key, keysAt(path));
  return near === undefined ? '' : `; did you mean "${near}"?`;
}
