/** Whether a path in a log may be the target of a request, however server and log spell it. */
export function isSamePath(logged: string, target: string): boolean {
  if (logged === target) return true;
  const [seen, sent] = [partsOf(logged), partsOf(target)];
  if (isCut(logged, target) || !isPlain(target)) return true;
  if (seen.query !== undefined && sent.query !== undefined && decoded(seen.query) !== decoded(sent.query)) return false;
  return isSameOrBelow(normal(seen.path), normal(sent.path));
}

/** Without the origin of an absolute target (RFC 9112 section 3.2.2), and without a fragment. */
function partsOf(target: string): { readonly path: string; readonly query: string | undefined } {
  const [whole = ''] = target.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '').split('#', 1);
  const mark = whole.indexOf('?');
  return mark < 0 ? { path: whole, query: undefined } : { path: whole.slice(0, mark), query: whole.slice(mark + 1) };
}

/** Logs cut long texts, and at quotes. */
const longEnough = 500;

/** Some say how much they left out: `/long/xxx (706 characters omitted)`. */
const omission = / \(\d{1,10} characters omitted\)$/;

function isCut(logged: string, target: string): boolean {
  const rest = omission.exec(logged)?.index;
  if (rest !== undefined) return target.startsWith(logged.slice(0, rest));
  return target.startsWith(logged) && (logged.length >= longEnough || target[logged.length] === '"');
}

/** What is not visible ASCII, each log spells in its own way. */
function isPlain(target: string): boolean {
  return /^[!-~]*$/.test(target) && !/[\\"]/.test(target);
}

function normal(path: string): readonly string[] {
  const kept: string[] = [];
  for (const part of decoded(path).split('/')) {
    if (part === '..') kept.pop();
    else if (part !== '' && part !== '.') kept.push(part);
  }
  return kept;
}

/** Percent-encoding undone, as often as nothing is wrong with it. */
function decoded(text: string): string {
  return text.replace(/%[\da-f]{2}/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
}

/** A proxy may put a prefix before a path, or take it away. */
function isSameOrBelow(a: readonly string[], b: readonly string[]): boolean {
  const [longer, shorter] = a.length >= b.length ? [a, b] : [b, a];
  if (shorter.length === 0) return longer.length === 0;
  return shorter.every((part, i) => part === longer[longer.length - shorter.length + i]);
}
