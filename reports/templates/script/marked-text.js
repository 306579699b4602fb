import { button, element } from './dom.js';

/**
 * A range of a text that a rule matched; `exact` is false where the rule looked at all of it and what matched cannot be
 * told; `trigger` is true of the smallest part that still fires a rule. `label` names the rules.
 * @typedef {{ readonly start: number, readonly end: number, readonly exact: boolean, readonly label: string, readonly trigger?: boolean }} TextMark
 */

/** @typedef {TextMark | { readonly start: number, readonly end: number }} Segment */

const shownLength = 4000;
const contextLength = 200;

/**
 * Cuts a text at the ends of marks. A piece that several marks cover is exact if one of them is, and names all rules.
 * @param {number} length
 * @param {readonly TextMark[]} marks
 * @returns {Segment[]}
 */
export function segmentText(length, marks) {
  const cuts = new Set([0, length]);
  for (const { start, end } of marks) cuts.add(Math.min(start, length)).add(Math.min(end, length));
  const ends = [...cuts].sort((a, b) => a - b);
  return ends.slice(1).map((end, index) => toSegment(ends[index] ?? 0, end, marks));
}

/**
 * @param {number} start
 * @param {number} end
 * @param {readonly TextMark[]} marks
 * @returns {Segment}
 */
function toSegment(start, end, marks) {
  const covering = marks.filter((mark) => mark.start <= start && mark.end >= end);
  if (covering.length === 0) return { start, end };
  const labels = new Set(covering.map(({ label }) => label));
  return {
    start,
    end,
    exact: covering.some(({ exact }) => exact),
    trigger: covering.some(({ trigger }) => trigger),
    label: [...labels].join(', '),
  };
}

/**
 * Text with marks, and with a button for the rest where it is long.
 * @param {string} text
 * @param {readonly TextMark[]} marks
 * @param {import('./visible-text.js').ShowText} showText
 * @returns {HTMLElement}
 */
export function markedText(text, marks, showText) {
  const box = element('span', { class: 'value' });
  const lastMark = Math.max(0, ...marks.map(({ end }) => end));
  const length = lastMark > shownLength && lastMark < 5 * shownLength ? lastMark + contextLength : shownLength;
  fill(box, text, marks, showText, length);
  return box;
}

/**
 * @param {HTMLElement} box
 * @param {string} text
 * @param {readonly TextMark[]} marks
 * @param {import('./visible-text.js').ShowText} showText
 * @param {number} length
 */
function fill(box, text, marks, showText, length) {
  const segments = segmentText(Math.min(text.length, length), marks);
  box.replaceChildren(...segments.flatMap((segment) => segmentNodes(text, segment, showText)));
  if (text.length <= length) return;
  const showAll = () => fill(box, text, marks, showText, text.length);
  const hidden = (text.length - length).toLocaleString('en-US');
  box.append(element('span', { class: 'rest' }, ['… ', button(`Show ${hidden} more characters`, showAll)]));
}

/**
 * @param {string} text
 * @param {Segment} segment
 * @param {import('./visible-text.js').ShowText} showText
 * @returns {readonly Node[]}
 */
function segmentNodes(text, segment, showText) {
  const nodes = showText(text.slice(segment.start, segment.end), { lines: true });
  if (!('label' in segment)) return nodes;
  const kind = segment.exact ? 'exact' : 'whole';
  const className = segment.trigger ? 'exact trigger' : kind;
  return [
    element(
      'mark',
      { class: className, title: segment.exact ? segment.label : `${segment.label} looked at this` },
      nodes,
    ),
  ];
}
