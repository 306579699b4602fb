import type { ToldRequest } from './curl-request.js';

/** Something of a text that sends requests, and where it stands. */
export interface FoundRequest {
  readonly request: ToldRequest;
  /** In characters from the start of the text. */
  readonly at: number;
}
