import { type DefaultTreeAdapterTypes, defaultTreeAdapter as tree } from 'parse5';
import type { CssSelector, SelectableElement } from '../util/css-selector.js';
import { parsePage } from './parse-page.js';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** An element of a page, with what is asked of it. */
export interface PageElement extends SelectableElement {
  readonly parent: PageElement | undefined;
  /** The form that was open where it stands: in tables that is not around it. */
  readonly openForm: PageElement | undefined;
  /** The text in it, with that of all that is in it. */
  text(): string;
}

/** A page as the parser of HTML sees it: comments, scripts and templates hold no elements. */
export interface Page {
  readonly title: string;
  /** What its addresses are relative to; absent where that is its own. */
  readonly base?: string;
  /** All elements in the order of the page. */
  readonly elements: readonly PageElement[];
}

/** Elements beyond these are passed over: a page is written by whoever answers. */
const maxElements = 200_000;

/** What is deeper has the last element above it as its parent: browsers nest no deeper either. */
const maxDepth = 512;

interface Opened {
  readonly node: Node;
  readonly parent: PageElement | undefined;
  readonly depth: number;
}

export function readPage(html: string): Page {
  const elements = elementsIn(html);
  const title = elements.find(({ tag }) => tag === 'title')?.text() ?? '';
  const base = elements.find(({ tag, attribute }) => tag === 'base' && attribute('href') !== undefined);
  const href = base?.attribute('href');
  const shown = title.replace(/\s+/g, ' ').trim().slice(0, 120);
  return { title: shown, elements, ...(href !== undefined && { base: href }) };
}

function elementsIn(html: string): readonly PageElement[] {
  const elements: PageElement[] = [];
  const made = new Map<Node, PageElement>();
  const { document, openForm } = parsePage(html, maxElements);
  const formAt = (node: Element) => made.get(openForm.get(node) ?? node);
  const open: Opened[] = [{ node: document, parent: undefined, depth: 0 }];
  for (let next = open.pop(); next !== undefined && elements.length < maxElements; next = open.pop()) {
    const element = tree.isElementNode(next.node) ? elementOf(next.node, next.parent, formAt) : undefined;
    if (element !== undefined) made.set(next.node, element);
    if (element !== undefined) elements.push(element);
    const inner = 'childNodes' in next.node ? next.node.childNodes : [];
    const parent = next.depth < maxDepth ? (element ?? next.parent) : next.parent;
    for (const node of inner.toReversed()) open.push({ node, parent, depth: next.depth + 1 });
  }
  return elements;
}

export function select({ elements }: Page, selector: CssSelector): PageElement | undefined {
  return elements.find(selector);
}

type FormAt = (node: Element) => PageElement | undefined;

function elementOf(node: Element, parent: PageElement | undefined, formAt: FormAt): PageElement {
  return {
    tag: node.tagName,
    parent,
    get openForm() {
      const form = formAt(node);
      return form?.tag === 'form' ? form : undefined;
    },
    attribute: (name) => node.attrs.find((given) => given.name === name)?.value,
    text: () => textIn(node),
  };
}

function textIn(root: Node): string {
  let text = '';
  const open: Node[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (tree.isTextNode(node)) text += node.value;
    if ('childNodes' in node) for (const inner of node.childNodes.toReversed()) open.push(inner);
  }
  return text;
}
