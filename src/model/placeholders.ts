/**
 * What stands for a generated part of a name or path, as a regular expression. Engines read them in lists of targets, where
 * `,` and `|` end one.
 */
const patterns = {
  number: '[0-9]+',
  uuid: '[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}',
  hex: '[0-9A-Fa-f]+',
  ulid: '[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}',
  hash: '[0-9A-Za-z]{10}[0-9A-Za-z]*',
  token: '[0-9A-Za-z_-]{12}[0-9A-Za-z_-]*',
  email: '[0-9A-Za-z._%+-]+[@%][0-9A-Za-z.-]+',
  date: '[0-9]{4}-[0-9]{2}-[0-9]{2}',
  time: '[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}[0-9:.]*[0-9Z:+-]*',
} as const;

/** A kind of generated part. */
export type PlaceholderKind = keyof typeof patterns;

const placeholderKinds: readonly PlaceholderKind[] = [
  'number',
  'uuid',
  'hex',
  'ulid',
  'hash',
  'token',
  'email',
  'date',
  'time',
];

const placeholders = new RegExp(`\\{(${placeholderKinds.join('|')})\\}`);

/** A piece of a template: what stands there as it is, or what a placeholder stands for. */
export type TemplatePiece = string | { readonly kind: PlaceholderKind };

/** Whether a text has a placeholder in it, such as `row[{number}]`. */
export function hasPlaceholder(text: string): boolean {
  return placeholders.test(text);
}

export function templatePieces(template: string): readonly TemplatePiece[] {
  return template.split(placeholders).map((piece, i) => {
    const kind = i % 2 === 0 ? undefined : placeholderKinds.find((one) => one === piece);
    return kind === undefined ? piece : { kind };
  });
}

/**
 * A template as the source of a regular expression, without anchors.
 * @param literal spells text that is no placeholder
 */
export function placeholderPattern(template: string, literal: (text: string) => string): string {
  return templatePieces(template)
    .map((piece) => (typeof piece === 'string' ? literal(piece) : patterns[piece.kind]))
    .join('');
}

/** Whether a text is the template, or one that it stands for. */
export function fitsTemplate(template: string, text: string): boolean {
  if (template === text) return true;
  return hasPlaceholder(template) && asExpression(template).test(text);
}

/**
 * A text that fits a template with other generated parts.
 * @returns nothing where the text does not fit
 */
export function withOtherParts(
  template: string,
  text: string,
  other: (kind: PlaceholderKind, value: string) => string,
): string | undefined {
  const pieces = templatePieces(template);
  const spelled = pieces.map((piece) =>
    typeof piece === 'string' ? escapePattern(piece) : `(${patterns[piece.kind]})`,
  );
  const values = new RegExp(`^${spelled.join('')}$`, 's').exec(text)?.slice(1);
  if (values === undefined) return undefined;
  let next = 0;
  return pieces.map((piece) => (typeof piece === 'string' ? piece : other(piece.kind, values[next++] ?? ''))).join('');
}

const expressions = new Map<string, RegExp>();
const mostExpressions = 1000;

function asExpression(template: string): RegExp {
  const known = expressions.get(template);
  if (known !== undefined) return known;
  const made = new RegExp(`^(?:${placeholderPattern(template, escapePattern)})$`, 's');
  if (expressions.size < mostExpressions) expressions.set(template, made);
  return made;
}

/** Text as a regular expression that matches it and nothing else. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
