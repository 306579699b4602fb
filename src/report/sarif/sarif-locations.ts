import type { Place } from '../../model/place.js';
import { printable } from '../../util/printable.js';

/** A place in a file of the user's, as a physical location. */
export function locationOf({ file, line, column }: Place) {
  return {
    physicalLocation: {
      artifactLocation: artifactOf(file),
      region: { startLine: line ?? 1, ...(line !== undefined && column !== undefined && { startColumn: column }) },
    },
  };
}

/** A file, relative to the folder in which the command was called; an absolute path is a URL. */
export function artifactOf(file: string) {
  const uri = file.replaceAll('\\', '/').split('/').map(encodeSegment).join('/');
  if (uri.startsWith('/')) return { uri: `file://${uri}` };
  return { uri: uri.replace(/^(?:\.\/)+/, ''), uriBaseId: 'SRCROOT' };
}

/** A lone surrogate is no character, and has no bytes. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment.toWellFormed());
}

const mostOfMessage = 4000;

/** Lines as a message in plain text, in which brackets make links and numbers in braces are placeholders (3.11.5, 3.11.6). */
export function messageOf(lines: readonly string[]) {
  const text = lines.map((line) => printable(line.slice(0, mostOfMessage))).join('\n');
  return { text: text.replace(/[\\[\]]/g, '\\$&').replace(/\{(\d+)\}/g, '{{$1}}') };
}
