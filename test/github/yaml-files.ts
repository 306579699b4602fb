import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { packageRoot } from '../../src/util/package-root.js';

/** A YAML file of `.github/`, by its path from there. */
export interface YamlFile {
  readonly path: string;
  readonly text: string;
  readonly value: unknown;
}

export function yamlFile(path: string): YamlFile {
  const text = readFileSync(join(packageRoot, '.github', path), 'utf8');
  return { path, text, value: load(text) };
}

export function yamlFilesIn(folder: string): readonly YamlFile[] {
  const names = readdirSync(join(packageRoot, '.github', folder)).filter((name) => /\.ya?ml$/.test(name));
  return names.map((name) => yamlFile(`${folder}/${name}`));
}
