import type { Page, PageElement } from './page.js';

/** Which elements of a page belong together, though they need not be inside one another. */
export interface FormOwners {
  /** The fields and buttons of a form, wherever they stand. */
  fieldsOf(form: PageElement): readonly PageElement[];
  optionsOf(select: PageElement): readonly PageElement[];
  /** What is in it stays usable in a fieldset that is disabled. */
  firstLegendOf(fieldset: PageElement): PageElement | undefined;
}

const fieldTags = ['input', 'select', 'textarea', 'button'];

/** Pages are looked through once: they may have as many forms as elements. */
const known = new WeakMap<Page, FormOwners>();

export function formOwners(page: Page): FormOwners {
  const owners = known.get(page) ?? ownersIn(page);
  known.set(page, owners);
  return owners;
}

function ownersIn({ elements }: Page): FormOwners {
  const byId = new Map<string, PageElement>();
  for (const element of elements) {
    const id = element.attribute('id');
    if (id !== undefined && !byId.has(id)) byId.set(id, element);
  }
  const [fields, options, legends] = [new Listed(), new Listed(), new Listed()];
  for (const element of elements) {
    if (fieldTags.includes(element.tag)) fields.add(formOf(element, byId), element);
    if (element.tag === 'option') options.add(around(element, 'select'), element);
    if (element.tag === 'legend') legends.add(element.parent, element);
  }
  return {
    fieldsOf: (form) => fields.of(form),
    optionsOf: (select) => options.of(select),
    firstLegendOf: (fieldset) => legends.of(fieldset)[0],
  };
}

/** The form that the attribute `form` names, else the one that was open, else the one around. */
function formOf(element: PageElement, byId: ReadonlyMap<string, PageElement>): PageElement | undefined {
  const named = element.attribute('form');
  if (named === undefined) return element.openForm ?? around(element, 'form');
  const found = byId.get(named);
  return found?.tag === 'form' ? found : undefined;
}

function around(element: PageElement, tag: string): PageElement | undefined {
  let outer = element.parent;
  while (outer !== undefined && outer.tag !== tag) outer = outer.parent;
  return outer;
}

/** Elements by the one that they belong to. */
class Listed {
  readonly #all = new Map<PageElement, PageElement[]>();

  add(owner: PageElement | undefined, element: PageElement): void {
    if (owner === undefined) return;
    const list = this.#all.get(owner) ?? [];
    if (list.length === 0) this.#all.set(owner, list);
    list.push(element);
  }

  of(owner: PageElement): readonly PageElement[] {
    return this.#all.get(owner) ?? [];
  }
}
