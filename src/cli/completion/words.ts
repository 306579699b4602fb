import type { Flag } from '../flags.js';

/** An option as it is typed. */
export function optionWords({ long, short }: Flag): readonly string[] {
  return short === undefined ? [`--${long}`] : [`--${long}`, `-${short}`];
}

/** Whether a value follows it. */
export function takesValue({ argument }: Flag): boolean {
  return argument !== undefined;
}
