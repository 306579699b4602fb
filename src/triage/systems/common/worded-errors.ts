import type { Cause } from '../../../model/triage.js';
import { header, message, no, status } from '../../sign.js';
import type { RefusalPattern } from '../../system.js';
import { type ErrorWords, errorWords } from './error-words.js';
import { httpStatuses } from './http-statuses.js';
import { httpStatusesTo412 } from './http-statuses-to-412.js';
import { jsonErrors } from './json-errors.js';

/** Of these, applications alone speak, in whatever form. */
const ofApplications: readonly Cause[] = ['csrf', 'cors', 'malformed-request'];
/** Of these they speak in JSON. Of all else gateways speak as often, and in the same words. */
const ofApplicationsInJson: readonly Cause[] = ['content-type-denied', 'maintenance', 'method-not-supported'];

/** What a status says by itself is less than what words say. */
const byStatus = [...httpStatuses, ...httpStatusesTo412].map(({ id }) => id);
const weaker = [...byStatus, ...jsonErrors.map(({ id }) => id), '403-plain', '403-text-app', '403-members'];

const isJson = header('content-type', /json/i);
/** In a page, words of refusal are anybody's. */
const isNoPage = no(header('content-type', /json|html/i));

/** Of Any server: what the message of an error says, in JSON and in text. */
export const wordedErrors: readonly RefusalPattern[] = errorWords.flatMap((row, at) => [
  patternOf(row, at, 'json'),
  patternOf(row, at, 'text'),
]);

function patternOf(row: ErrorWords, at: number, form: 'json' | 'text'): RefusalPattern {
  const { cause, of, words, inText, statuses, or = [] } = row;
  const isOfApplication = ofApplications.includes(cause) || (form === 'json' && ofApplicationsInJson.includes(cause));
  const [first, ...rest] = statuses;
  return {
    id: `${form}-${cause}`,
    by: 'common',
    all:
      form === 'json'
        ? [status(first, ...rest), message(words), isJson]
        : [status(first, ...rest), message(inText ?? words), inText === undefined ? no(isJson) : isNoPage],
    cause,
    layer: isOfApplication ? 'application' : 'unknown',
    grade: cause === 'csrf' ? 'likely' : 'possible',
    says: `the error speaks of ${of}`,
    or: isOfApplication ? or : [`application/${cause}`, `gateway/${cause}`, `server/${cause}`, ...or],
    instead: [...errorWords.slice(at + 1).map((other) => `${form}-${other.cause}`), ...weaker],
  };
}
