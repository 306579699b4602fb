import { hasPlaceholder } from '../model/placeholders.js';
import type { RequestSpec } from '../model/request.js';
import { nameParts } from './generated-parts.js';
import { type Recognised, recogniser } from './recognise.js';
import { requestFields } from './request-fields.js';

/** What is generated in a name. */
export type NameRecogniser = (name: string) => Recognised;

/** Tells what is generated in the names of fields, from all that requests have. */
export function recogniseNames(requests: readonly RequestSpec[]): NameRecogniser {
  return recogniserOfNames(new Set(requests.flatMap(namesIn)));
}

/** The same from names that are known already. */
export function recogniserOfNames(names: ReadonlySet<string>): NameRecogniser {
  const recognise = recogniser([...names].map(nameParts));
  return (name) => (hasPlaceholder(name) ? { template: name, isDoubtful: false } : recognise(nameParts(name)));
}

/** The names of the fields of a request. */
export function namesIn(request: RequestSpec): readonly string[] {
  return requestFields(request).fields.flatMap(({ field }) => {
    if (field.kind === 'json') return field.path.filter((step) => typeof step === 'string');
    return 'name' in field && field.name !== undefined ? [field.name] : [];
  });
}
