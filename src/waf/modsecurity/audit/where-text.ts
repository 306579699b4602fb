import { scopeOf } from '../exclusion-files/scope.js';
import type { ExclusionUnit } from '../exclusion-files/unit.js';

/** Which requests an exclusion acts on, such as `POST /notes` or `/app…`. */
export function whereText({ host }: ExclusionUnit): string {
  if (host === undefined) return 'every request';
  const { path, method, limitsMethod, limitsOther } = scopeOf(host.rule);
  const forms = { exact: '', prefix: '…', subtree: '/…', loose: '…', pattern: '' } as const;
  const shown = path === undefined ? '' : `${path.kind === 'loose' ? '…' : ''}${path.text}${forms[path.kind]}`;
  const plain = `${method ?? (limitsMethod ? 'some methods' : '')} ${shown}`.trim();
  if (limitsOther) return `${plain} under a condition`.trim();
  return plain === '' ? 'every request' : plain;
}
