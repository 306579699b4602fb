import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);

/** How many pieces are compressed at once, beside what makes the next ones. */
const atOnce = 4;

/** Higher levels take twice the time, and make the data of a page some 3 % smaller. */
const level = 4;

/** A text as it stands in a `<script>` element of a type that browsers do not run: base64 of gzip. */
export async function embedText(text: string): Promise<string> {
  return (await compress(text, { level })).toString('base64');
}

/** Texts, each by itself and in their order; a few of them are compressed at the same time. */
export async function* embedTexts(texts: Iterable<string>): AsyncGenerator<string> {
  const pending: Promise<string>[] = [];
  for (const text of texts) {
    pending.push(embedText(text));
    if (pending.length >= atOnce) yield await (pending.shift() ?? '');
  }
  for (const one of pending) yield await one;
}
