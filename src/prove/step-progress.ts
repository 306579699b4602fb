/** Told how many steps there are, and of each. */
export interface StepProgress {
  begin(total: number): void;
  step(): void;
}

/** Where nobody listens. */
export const unheard: StepProgress = { begin: () => undefined, step: () => undefined };
