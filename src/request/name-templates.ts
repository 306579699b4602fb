import { hasPlaceholder } from '../model/placeholders.js';
import { nameParts, templateOf } from './generated-parts.js';

/** The template of a name; the name itself where nothing in it is generated. */
export type TemplateOfName = (name: string) => string;

/** What one name alone tells. A name that looks like a template stands for itself, as far as it can. */
export function certainTemplate(name: string): string {
  return hasPlaceholder(name) ? name : templateOf(nameParts(name), 'one');
}
