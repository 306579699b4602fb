import type { ProbeMaterial } from '../../triage/probing/probe-material.js';
import { siblingPath } from '../probe/sibling-path.js';
import type { TargetQuestion } from './target-question.js';

/** What probes are made with. */
export function probeMaterial(
  {
    request,
    destination,
    credentials,
    from,
    waitMs,
  }: Pick<TargetQuestion, 'request' | 'destination' | 'credentials' | 'from' | 'waitMs'>,
  host: string,
): ProbeMaterial {
  const { protocol } = new URL(destination.url);
  const path = request.path.split('?')[0] ?? '/';
  const isAtRoot = !path.slice(1).includes('/');
  return {
    origin: `${protocol}//${host}`,
    aside: siblingPath(path),
    ...(!isAtRoot && { away: siblingPath('/') }),
    credentials,
    hasOtherAddress: from !== undefined,
    mayWait: waitMs !== undefined,
  };
}
