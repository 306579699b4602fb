/** All texts in a value, names among them, and what stands in base64 as the bytes that it means, one character a byte. */
export function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (!Array.isArray(value)) yield key;
    if (key === 'base64' && typeof inner === 'string') yield Buffer.from(inner, 'base64').toString('latin1');
    else yield* textsIn(inner);
  }
}
