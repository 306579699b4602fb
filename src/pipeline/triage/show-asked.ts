import { encodeRequest } from '../../request/encode-request.js';
import type { AnsweredRequest } from '../../triage/probing/compare-answers.js';
import { withoutCredentials } from '../credentials.js';

/** `POST /comments: 403`, without credentials. */
export function showAsked({ request, outcome }: AnsweredRequest): string {
  const { method, target } = encodeRequest(withoutCredentials(request).request);
  return `${method} ${target}: ${outcome.kind === 'answered' ? outcome.status : outcome.message}`;
}
