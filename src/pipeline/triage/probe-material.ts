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
  return {
    origin: `${protocol}//${host}`,
    aside: siblingPath(request.path.split('?')[0] ?? '/'),
    credentials,
    hasOtherAddress: from !== undefined,
    mayWait: waitMs !== undefined,
  };
}
