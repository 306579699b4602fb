/** What a placeholder of a path template stands for, as a regular expression; any other name is one segment of any text. */
const placeholders: Readonly<Record<string, string>> = {
  number: '[0-9]+',
  uuid: '[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}',
  hex: '[0-9A-Fa-f]+',
};

const anySegment = '[^/]+';
const placeholder = /^\{([A-Za-z][\w-]{0,40})\}$/;

/** Whether a path has placeholders in it, such as `/tickets/{number}`. */
export function isTemplate(path: string): boolean {
  return path.split('/').some((segment) => placeholder.test(segment));
}

/**
 * A template as the source of a regular expression, without anchors.
 * @param literal spells text that is no placeholder
 */
export function templatePattern(path: string, literal: (text: string) => string): string {
  return path
    .split('/')
    .map((segment) => {
      const name = placeholder.exec(segment)?.[1];
      return name === undefined ? literal(segment) : (placeholders[name] ?? anySegment);
    })
    .join(literal('/'));
}

/** Whether a path, without query, is one that the template or plain path stands for. */
export function matchesPath(template: string, path: string): boolean {
  if (!isTemplate(template)) return template === path;
  return new RegExp(`^${templatePattern(template, escapePattern)}$`, 's').test(path);
}

/** The path with each segment that looks like an id replaced by a placeholder; the path itself where none does. */
export function asTemplate(path: string): string {
  return path.split('/').map(asPlaceholder).join('/');
}

function asPlaceholder(segment: string): string {
  const isId = (name: string) => new RegExp(`^${placeholders[name]}$`).test(segment);
  if (isId('number')) return '{number}';
  if (isId('uuid')) return '{uuid}';
  return segment.length >= 8 && /\d/.test(segment) && isId('hex') ? '{hex}' : segment;
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
