import { createCorrelationIds } from '../../replay/correlation-ids.js';

/** A path that does not exist, in the folder of another, with the same query. */
export function siblingPath(path: string): string {
  const [, folder = '/', query = ''] = /^([^?]*\/)?[^?]*(\?.*)?$/s.exec(path) ?? [];
  return `${folder}wafproof-probe-${random()}${query}`;
}

/** No word that a rule looks for. */
function random(): string {
  return createCorrelationIds().prefix.split('-')[1] ?? '';
}
