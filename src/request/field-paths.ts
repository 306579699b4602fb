import { formatVariable, type RuleHit } from '../model/evidence.js';
import { anyElement, type FieldPath, type JsonStep } from '../model/field.js';
import { fitsTemplate, hasPlaceholder } from '../model/placeholders.js';
import { certainTemplate, type TemplateOfName } from './name-templates.js';

/** Whether two paths are of the same place. Names of headers have no case. */
export function sameField(a: FieldPath, b: FieldPath): boolean {
  return fieldKey(a) === fieldKey(b);
}

/** Equal for paths of the same place, and for no others. */
export function fieldKey(field: FieldPath): string {
  if (field.kind === 'json') return JSON.stringify([field.kind, field.of ?? '', field.path]);
  const name = 'name' in field ? spelled(field.kind, field.name) : undefined;
  return JSON.stringify([field.kind, 'of' in field ? field.of : '', ...(name === undefined ? [] : [name])]);
}

function spelled(kind: FieldPath['kind'], name: string | undefined): string | undefined {
  return kind === 'header' ? name?.toLowerCase() : name;
}

/**
 * Whether a place is the other one or holds it: any element stands for each one, a template for the names that fit, what has no name for all names, and an
 * argument may be a parameter of the query or a field of the body.
 */
export function includesField(field: FieldPath, other: FieldPath): boolean {
  if (field.kind === 'argument') return isArgument(other) && includesName(field, other);
  if (field.kind !== other.kind || sideOf(field) !== sideOf(other)) return false;
  if (field.kind === 'json') return other.kind === 'json' && includesPath(field.path, other.path);
  return includesName(field, other);
}

/** Whether a place holds a value that a client chose for the application: in query, form, JSON or parts. */
export function isArgument({ kind }: FieldPath): boolean {
  return kind === 'argument' || kind === 'query' || kind === 'form' || kind === 'json' || kind === 'part';
}

function sideOf(field: FieldPath): string {
  return ('of' in field ? field.of : undefined) ?? 'value';
}

function includesName(field: FieldPath, other: FieldPath): boolean {
  if (sideOf(field) !== sideOf(other)) return false;
  const name = 'name' in field ? spelled(field.kind, field.name) : undefined;
  if (name === undefined) return true;
  const own = 'name' in other ? spelled(other.kind, other.name) : undefined;
  return own !== undefined && fitsTemplate(name, own);
}

function includesPath(path: readonly JsonStep[], other: readonly JsonStep[]): boolean {
  return path.length === other.length && path.every((step, index) => includesStep(step, other[index]));
}

function includesStep(step: JsonStep, other: JsonStep | undefined): boolean {
  if (step === other || (step === anyElement && typeof other === 'number')) return true;
  return typeof step === 'string' && typeof other === 'string' && fitsTemplate(step, other);
}

/**
 * The field with any element in the place of each one, and placeholders for what is generated in names. Names of headers
 * are as they are.
 */
export function generaliseField(field: FieldPath, templateOf: TemplateOfName = certainTemplate): FieldPath {
  if (field.kind === 'json') {
    const path = field.path.map((step) => (typeof step === 'number' ? anyElement : step && templateOf(step)));
    return { ...field, path };
  }
  if (!hasOwnName(field) || field.name === undefined) return field;
  const name = templateOf(field.name);
  return name === field.name ? field : { ...field, name };
}

/** A field whose name an application makes up. */
function hasOwnName(field: FieldPath): field is Extract<FieldPath, { kind: 'query' | 'cookie' | 'part' }> {
  return field.kind === 'cookie' || (field.kind !== 'json' && isArgument(field));
}

/** Whether a field stands for several: elements of an array, or names with a generated part. */
export function isGeneralField(field: FieldPath): boolean {
  if (field.kind === 'json') return field.path.some((step) => step === anyElement || isTemplateName(step));
  return 'name' in field && isTemplateName(field.name);
}

function isTemplateName(name: JsonStep | undefined): boolean {
  return typeof name === 'string' && hasPlaceholder(name);
}

/** Where something was seen, in the words of the WAF, and as a field where it is one. */
export type SeenAt = Pick<RuleHit, 'variable' | 'field'>;

/** Whether something was seen at a place, or at one of those that it stands for. */
export function isSeenAt(seen: SeenAt, place: SeenAt): boolean {
  if (formatVariable(seen.variable) === formatVariable(place.variable)) return true;
  if (seen.field === undefined || place.field === undefined || !isGeneralField(place.field)) return false;
  return includesField(place.field, seen.field);
}

/** Whether a field is the header that holds all cookies. */
export function isCookieHeader(field: FieldPath): boolean {
  return field.kind === 'header' && field.of === undefined && field.name?.toLowerCase() === 'cookie';
}
