import { at, list, text } from '../../util/json-tree.js';

/** What scripts set, as far as it stands in them as a text. */
const setting =
  /(?:pm\.(?:collectionVariables|environment|globals|variables)\.set|postman\.set(?:Environment|Global)Variable)\(\s*(['"`])([^'"`\\\n]+)\1\s*,\s*(?:(['"`])((?:(?!\3)[^\\\n$])*)\3|(-?\d+(?:\.\d+)?|true|false))\s*\)/g;

/** The scripts of a collection, a folder or a request. */
export interface PostmanScripts {
  readonly count: number;
  /** Values that they set, which need not be computed. */
  readonly values: ReadonlyMap<string, string>;
}

/** @param listen `prerequest` or `test` */
export function readScripts(item: unknown, listen: string): PostmanScripts {
  const scripts = list(at(item, 'event'))
    .filter((event) => at(event, 'listen') === listen)
    .map((event) => sourceOf(at(event, 'script', 'exec')))
    .filter((source) => source.trim() !== '');
  const values = scripts.flatMap((source) =>
    [...source.matchAll(setting)].map(([, , name = '', , value, plain]): readonly [string, string] => [
      name,
      value ?? plain ?? '',
    ]),
  );
  return { count: scripts.length, values: new Map(values) };
}

function sourceOf(exec: unknown): string {
  return typeof exec === 'string' ? exec : list(exec).map(text).join('\n');
}
