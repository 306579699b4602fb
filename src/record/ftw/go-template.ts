/** The one template that tests use: a text, so many times. */
const repeat = /\{\{ ?"([^"\\]{1,200})" ?\| ?repeat ([0-9]{1,7}) ?\}\}/g;
/** The longest text that is made, in characters. */
const maxExpanded = 1_000_000;

/** Expands `{{ "a" | repeat 500 }}` as go-ftw does; `undefined` where another template stands, or the text grows too long. */
export function expandTemplate(text: string): string | undefined {
  if (!text.includes('{{')) return text;
  if (text.replace(repeat, '').includes('{{')) return undefined;
  const added = [...text.matchAll(repeat)].reduce((sum, [, unit = '', times]) => sum + unit.length * Number(times), 0);
  if (added > maxExpanded) return undefined;
  return text.replace(repeat, (_, unit: string, times: string) => unit.repeat(Number(times)));
}
