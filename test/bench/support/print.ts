/** Prints rows in columns: the first to the left, all others to the right. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((title, column) =>
    Math.max(...[head, ...rows].map((row) => (row[column] ?? '').length), title.length),
  );
  for (const row of [head, widths.map((width) => '-'.repeat(width)), ...rows]) {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    console.log(`  ${cells.join('  ').trimEnd()}`);
  }
}

/** One line on a target: what was measured, what it ought to be, and whether it is. */
export function printTarget(claim: string, measured: string, isMet: boolean): void {
  console.log(`  ${isMet ? 'met   ' : 'MISSED'}  ${claim}: ${measured}`);
}

export function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}

export function percent(value: number): string {
  return `${(value * 100).toFixed(0)} %`;
}
