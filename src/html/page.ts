import { type DefaultTreeAdapterTypes, parse, defaultTreeAdapter as tree } from 'parse5';
import type { CssSelector, SelectableElement } from '../util/css-selector.js';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** An element of a page, with what is asked of it. */
export interface PageElement extends SelectableElement {
  readonly parent: PageElement | undefined;
  /** The text in it, with that of all that is in it. */
  text(): string;
}

/** A page as the parser of HTML sees it: comments, scripts and templates hold no elements. */
export interface Page {
  readonly title: string;
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
  const elements: PageElement[] = [];
  const open: Opened[] = [{ node: parse(html), parent: undefined, depth: 0 }];
  for (let next = open.pop(); next !== undefined && elements.length < maxElements; next = open.pop()) {
    const element = tree.isElementNode(next.node) ? elementOf(next.node, next.parent) : undefined;
    if (element !== undefined) elements.push(element);
    const inner = 'childNodes' in next.node ? next.node.childNodes : [];
    const parent = next.depth < maxDepth ? (element ?? next.parent) : next.parent;
    for (const node of inner.toReversed()) open.push({ node, parent, depth: next.depth + 1 });
  }
  const title = elements.find(({ tag }) => tag === 'title')?.text() ?? '';
  return { title: title.replace(/\s+/g, ' ').trim().slice(0, 120), elements };
}

export function select({ elements }: Page, selector: CssSelector): PageElement | undefined {
  return elements.find(selector);
}

function elementOf(node: Element, parent: PageElement | undefined): PageElement {
  return {
    tag: node.tagName,
    parent,
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
