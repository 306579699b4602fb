// What JSON lets stand as it is and a reader stumbles over: DEL and C1 controls, format characters such as
// bidirectional overrides, and the line separators that older JavaScript does not allow in strings.
const troublesome = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const troublesomeInScripts = /[<>&\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * The value as JSON that can be printed, pasted and read by anything: invisible characters are escaped, and lone
 * surrogates too (`JSON.stringify` does that). Reading it back gives the same value.
 */
export function safeJson(value: unknown): string {
  return JSON.stringify(value).replace(troublesome, escapeUnits);
}

/** The same, safe to stand inside an HTML `<script>` element: nothing in it can end the element or begin a comment. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(troublesomeInScripts, escapeUnits);
}

function escapeUnits(char: string): string {
  return [...Array(char.length).keys()].map((index) => escapeUnit(char.charCodeAt(index))).join('');
}

function escapeUnit(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
