import { xmlText } from '../xml-escape.js';

/** A piece of SVG: what came from outside was escaped when it was made. */
export interface Markup {
  readonly markup: string;
}

/** An element. Text among its children and in its attributes is escaped; numbers are rounded to a tenth of a pixel. */
export function tag(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  ...children: readonly (Markup | string | readonly Markup[])[]
): Markup {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${attributeText(value)}"`);
  const content = children.map(childText).join('');
  const end = content === '' ? '/>' : `>${content}</${name}>`;
  return { markup: `<${name}${pairs.join('')}${end}` };
}

function attributeText(value: string | number): string {
  return typeof value === 'number' ? `${Math.round(value * 10) / 10}` : xmlText(value);
}

function childText(child: Markup | string | readonly Markup[]): string {
  if (typeof child === 'string') return xmlText(child);
  return 'markup' in child ? child.markup : child.map(({ markup }) => markup).join('');
}
