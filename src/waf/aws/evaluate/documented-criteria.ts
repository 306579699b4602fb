import type { ManagedRule } from '../managed/managed-rule.js';
import type { InspectedRequest } from './inspected-request.js';

/** Whether a rule of a managed group matches, where AWS documents what it looks for; nothing where that is not sure. */
export function meetsCriterion({ criterion, inspects }: ManagedRule, request: InspectedRequest): boolean | undefined {
  switch (criterion?.kind) {
    case undefined:
      return undefined;
    case 'longer-than':
      return isLonger(inspects, criterion.bytes, request);
    case 'missing':
      return inspects === 'user-agent' ? hasNoUserAgent(request) : undefined;
    case 'equals':
      return inspects === 'method' ? isMethod(criterion.value, request.facts.method) : undefined;
  }
}

function isLonger(part: ManagedRule['inspects'], bytes: number, request: InspectedRequest): boolean | undefined {
  const { facts, isGrpc } = request;
  switch (part) {
    case 'query-string':
      return (facts.query ?? '').length > bytes;
    case 'uri-path':
      return facts.path.length > bytes;
    case 'body':
      return isGrpc ? undefined : facts.body.length > bytes;
    case 'cookie-header':
      return longCookie(bytes, request);
    default:
      return undefined;
  }
}

/** An empty header may count as none. */
function hasNoUserAgent(request: InspectedRequest): boolean | undefined {
  const value = request.header('user-agent');
  if (value === undefined) return true;
  return value.trim() === '' ? undefined : false;
}

/** Of several headers the lengths may be added up. */
function longCookie(bytes: number, request: InspectedRequest): boolean | undefined {
  const lengths = request.headerValues('cookie').map(({ length }) => length);
  if (lengths.some((length) => length > bytes)) return true;
  return lengths.reduce((sum, length) => sum + length + 2, 0) > bytes ? undefined : false;
}

/** Whether case counts is not said. */
function isMethod(wanted: string, method: string): boolean | undefined {
  if (method === wanted) return true;
  return method.toUpperCase() === wanted ? undefined : false;
}
