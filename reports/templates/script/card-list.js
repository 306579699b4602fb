import { button, element } from './dom.js';
import { fromTemplate } from './markup.js';

/**
 * A list of cards that grows as its end comes into view.
 * @typedef {object} CardList
 * @property {(places: readonly number[]) => void} show shows these cards, the first of them at once
 * @property {(place: number) => void} reveal makes sure that a card is in the page
 */

const firstCards = 10;
const moreCards = 20;

/**
 * @param {HTMLElement} box
 * @param {readonly { readonly html: string }[]} cards
 * @param {(added: ParentNode) => void} onAdd
 * @returns {CardList}
 */
export function createCardList(box, cards, onAdd) {
  /** @type {readonly number[]} */
  let places = [];
  let [from, to] = [0, 0];
  const before = element('p', { class: 'more-cards' });
  const after = element('p', { class: 'more-cards' });
  box.before(before);
  box.after(after);

  /** @param {number} count */
  const add = (count) => {
    const added = document.createDocumentFragment();
    for (const place of places.slice(to, to + count)) added.append(fromTemplate(cards[place]?.html ?? ''));
    to = Math.min(places.length, to + count);
    onAdd(added);
    box.append(added);
    const left = places.length - to;
    const label = left > moreCards ? `Show ${moreCards} of ${left.toLocaleString('en-US')} more` : `Show ${left} more`;
    after.replaceChildren(...(left === 0 ? [] : [button(label, () => add(moreCards))]));
    before.replaceChildren(...(from === 0 ? [] : [button(`Show the ${from} before`, () => restart(0))]));
  };

  /** @param {number} at */
  const restart = (at) => {
    [from, to] = [at, at];
    box.replaceChildren();
    add(firstCards);
  };

  return {
    show: (next) => {
      places = next;
      restart(0);
    },
    reveal: (place) => {
      if (!places.includes(place)) places = [...cards.keys()];
      const at = places.indexOf(place);
      if (at < from || at >= to) restart(at);
    },
  };
}
