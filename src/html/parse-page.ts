import { type DefaultTreeAdapterMap, type DefaultTreeAdapterTypes, Parser, defaultTreeAdapter as tree } from 'parse5';

/** A page as a tree, as far as it is looked at. */
export interface ParsedPage {
  readonly document: DefaultTreeAdapterTypes.Document;
  /**
   * The form that was open where an element stands (WHATWG HTML, section 13.2.6.1, "create an element for the token"): in tables
   * it is not around its fields.
   */
  readonly openForm: ReadonlyMap<DefaultTreeAdapterTypes.Element, DefaultTreeAdapterTypes.Element>;
}

class Enough extends Error {}

/**
 * Parses a page that anybody may have written. A few thousand tags can come to millions of elements, because elements such as
 * `<b>` are opened again in each paragraph.
 * @param most so many elements are made; what would come later is not looked at
 */
export function parsePage(html: string, most: number): ParsedPage {
  const openForm = new Map<DefaultTreeAdapterTypes.Element, DefaultTreeAdapterTypes.Element>();
  let made = 0;
  const bounded: typeof tree = {
    ...tree,
    createElement(name, namespace, attributes) {
      if (++made > most) throw new Enough();
      const element = tree.createElement(name, namespace, attributes);
      const form = parser.openElements.tmplCount === 0 ? parser.formElement : null;
      if (form !== null) openForm.set(element, form);
      return element;
    },
  };
  const parser = new Parser<DefaultTreeAdapterMap>({ treeAdapter: bounded });
  try {
    parser.tokenizer.write(html, true);
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  return { document: parser.document, openForm };
}
