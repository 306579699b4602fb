import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);

/** How many pieces are compressed at once, beside what makes the next ones. */
const atOnce = 4;

/** Higher levels take twice the time, and make the data of a page some 3 % smaller. */
const level = 4;

/** Texts of some kind as they stand in `<script>` elements of a type that browsers do not run: base64 of gzip, in their order. */
export async function* embedTexts<Part extends { readonly text: string }>(parts: Iterable<Part>): AsyncGenerator<Part> {
  const pending: Promise<Part>[] = [];
  for (const part of parts) {
    pending.push(embedText(part));
    const first = pending.length < atOnce ? undefined : pending.shift();
    if (first !== undefined) yield await first;
  }
  for (const one of pending) yield await one;
}

async function embedText<Part extends { readonly text: string }>(part: Part): Promise<Part> {
  const compressed = await compress(part.text, { level });
  return { ...part, text: compressed.toString('base64') };
}
