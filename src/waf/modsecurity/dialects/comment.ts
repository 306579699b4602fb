const longest = 160;

/**
 * A comment line of a configuration file. What comes from suites and logs may hold anything: it is kept on one line, and
 * no backslash at its end can draw the next line into the comment.
 */
export function comment(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must go
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').slice(0, longest);
  return `# ${line}`.trimEnd().replace(/\\+$/, '');
}
