import type { RenderedFile } from '../../src/contract/reporter.js';

/** All chunks of a rendered file, put together. */
export async function wholeText(file: RenderedFile | undefined): Promise<string> {
  if (file === undefined) return '';
  const chunks: Buffer[] = [];
  for await (const chunk of typeof file.content === 'string' ? [file.content] : file.content) {
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks).toString('utf8');
}
