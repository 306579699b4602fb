/** A text of an XML document, in UTF-16 code units. */
export interface XmlText {
  readonly start: number;
  readonly end: number;
}

/** The longest text between the tags of a document; nothing where there is none but white space. */
export function longestText(document: string): XmlText | undefined {
  let longest: XmlText | undefined;
  for (const { 0: whole, 1: text = '', index } of document.matchAll(/>([^<>]+)</g)) {
    if (text.trim() === '' || (longest && longest.end - longest.start >= text.length)) continue;
    longest = { start: index + 1, end: index + whole.length - 1 };
  }
  return longest;
}

/** The document with another text in the place of one that it has. */
export function withText(document: string, { start, end }: XmlText, text: string): string {
  return `${document.slice(0, start)}${escapeXml(text)}${document.slice(end)}`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
