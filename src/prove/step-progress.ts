import type { ProgressListener, StepProgress } from '../contract/progress.js';

/** Where nobody listens. */
export const unheard: StepProgress = { begin: () => undefined, step: () => undefined };

/** The steps of a stage. */
export function stageSteps(what: string, progress: Pick<ProgressListener, 'stage' | 'step'>): StepProgress {
  return { begin: (total) => progress.stage(what, total), step: () => progress.step?.() };
}
