/** One attack text and the class that its corpus stands for. */
export interface Attack {
  readonly className: string;
  readonly payload: string;
}
