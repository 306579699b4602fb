import type { Variable } from '../../../model/evidence.js';

/** A target such as `ARGS:comment`, `ARGS` or `ARGS:/^comment$/`. */
export interface Target {
  /** As written. */
  readonly text: string;
  /** In capitals. */
  readonly collection: string;
  readonly key?: string;
  /** With `ARGS:/…/`: what stands between the slashes. */
  readonly pattern?: string;
}

export function readTarget(text: string): Target {
  const trimmed = text.trim();
  const colon = trimmed.indexOf(':');
  if (colon < 0) return { text: trimmed, collection: trimmed.toUpperCase() };
  const collection = trimmed.slice(0, colon).toUpperCase();
  const key = unquote(trimmed.slice(colon + 1));
  const isPattern = key.length > 2 && key.startsWith('/') && key.endsWith('/') && collection !== 'XML';
  return { text: trimmed, collection, key, ...(isPattern && { pattern: key.slice(1, -1) }) };
}

function unquote(text: string): string {
  return text.length > 1 && text.startsWith("'") && text.endsWith("'") ? text.slice(1, -1) : text;
}

/** Whether two targets may have a variable in common; a pattern may fit any name. */
export function mayOverlap(a: Target, b: Target): boolean {
  if (a.collection !== b.collection) return false;
  const isOpen = ({ key, pattern }: Target) => key === undefined || pattern !== undefined;
  return isOpen(a) || isOpen(b) || a.key === b.key;
}

/** Whether a variable may be among those of a target; a pattern may fit any name. */
export function mayInclude({ collection, key, pattern }: Target, variable: Variable): boolean {
  if (variable.collection !== collection) return false;
  if (key === undefined || pattern !== undefined || variable.key === key) return true;
  return collection === 'REQUEST_HEADERS' && variable.key?.toLowerCase() === key.toLowerCase();
}
