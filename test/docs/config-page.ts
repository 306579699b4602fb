import { type ConfigPart, configJsonSchema } from '../../src/config/config-keys.js';

/** Each key of the config by its path, and what it means. */
export function configKeys(): readonly (readonly [string, string])[] {
  return rowsOf('', configJsonSchema());
}

function rowsOf(path: string, { properties = {}, additionalProperties, anyOf = [], oneOf = [], items }: ConfigPart) {
  const rows: (readonly [string, string])[] = [];
  for (const [key, part] of Object.entries(properties)) {
    if (typeof part !== 'object') continue;
    const name = path === '' ? key : `${path}.${key}`;
    rows.push([`\`${name}\``, part.description ?? ''], ...rowsOf(name, part));
  }
  for (const part of [...anyOf, ...oneOf, ...(Array.isArray(items) ? items : [items])])
    if (typeof part === 'object') rows.push(...rowsOf(path, part));
  if (typeof additionalProperties === 'object') rows.push(...rowsOf(`${path}.NAME`, additionalProperties));
  return [...new Map(rows).entries()];
}
