import type { System } from '../../system.js';
import { httpLogins } from './http-logins.js';
import { httpStatuses } from './http-statuses.js';
import { httpStatusesTo412 } from './http-statuses-to-412.js';
import { httpWords } from './http-words.js';
import { jsonErrors } from './json-errors.js';
import { refusedWith200 } from './refused-with-200.js';
import { wordedErrors } from './worded-errors.js';

export const httpSystem: System = {
  id: 'http',
  name: 'Any server (RFC 9110)',
  layer: 'unknown',
  source: 'https://www.rfc-editor.org/rfc/rfc9110#section-15',
  rides: [],
  refusals: [
    ...wordedErrors,
    ...jsonErrors,
    ...httpLogins,
    ...refusedWith200,
    ...httpWords,
    ...httpStatuses,
    ...httpStatusesTo412,
  ],
};
