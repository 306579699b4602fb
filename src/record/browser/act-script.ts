/** What somebody did in a page that may make it send something, as the page tells it: any text may stand in it. */
export interface PageAct {
  readonly title: string;
  /** What stands over the form, and on what was pressed; empty where nothing does. */
  readonly heading: string;
  readonly button: string;
  /** What stands where the page asks for passwords. */
  readonly passwords: readonly string[];
  /** What is being typed there, by a name that the field got; nothing was done with it yet. */
  readonly typing?: readonly [field: string, password: string];
}

/** The name of the function in pages that hears of each act. */
export const actBinding = '__wafproofAct';

/**
 * Runs in every frame before the page's own scripts, and changes nothing there. Elements are asked by the functions of their
 * prototypes: a field of a form may have the name of any of them.
 */
export const actScript = `(() => {
  const tell = window.${actBinding};
  const find = Element.prototype.querySelector, around = Element.prototype.closest;
  const text = (node) => node === null || node === undefined ? '' : String(node.innerText || node.textContent || '').replace(/\\s+/g, ' ').trim().slice(0, 80);
  const nameOf = (button) => button === null ? '' : text(button) || String(button.value || button.getAttribute('aria-label') || button.title || '').trim().slice(0, 80);
  const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').get;
  const isPassword = (node) => node instanceof HTMLInputElement && String(Element.prototype.getAttribute.call(node, 'type')).trim().toLowerCase() === 'password';
  const fields = new Map();
  const passwords = () => [...document.querySelectorAll('input[type=password i]'), ...fields.keys()].filter(isPassword).slice(0, 40).map((field) => value.call(field));
  const pressable = 'button, input[type=submit], input[type=button], input[type=image], [role=button], [role=menuitem], a';
  const acted = (target, button) => {
    if (!(target instanceof Element)) target = document.documentElement;
    const form = target instanceof HTMLFormElement ? target : around.call(target, 'form');
    const heading = form === null ? null : find.call(form, 'legend, h1, h2, h3');
    const field = form === null ? null : find.call(form, 'input:not([type=hidden]), select, textarea');
    const isAbove = heading !== null && (field === null || (heading.compareDocumentPosition(field) & 4) !== 0);
    try { tell({ title: document.title, heading: isAbove ? text(heading) : '', button: nameOf(button), passwords: passwords() }); } catch {}
  };
  const targetOf = (event) => event.composedPath()[0];
  const typed = (event) => {
    const field = targetOf(event);
    if (!isPassword(field)) return;
    if (!fields.has(field) && fields.size < 100) fields.set(field, Math.random() + ' ' + fields.size);
    try { tell({ passwords: [], typing: [fields.get(field) || '', value.call(field)] }); } catch {}
  };
  const submitted = (event) => acted(targetOf(event), event.submitter);
  const clicked = (event) => {
    const target = targetOf(event);
    acted(target, target instanceof Element ? around.call(target, pressable) : null);
  };
  const pressed = (event) => {
    if (event.key === 'Enter' || ((event.ctrlKey || event.metaKey) && event.key === 's')) acted(targetOf(event), null);
  };
  const changed = (event) => acted(targetOf(event), null);
  const heard = { input: typed, submit: submitted, click: clicked, keydown: pressed, change: changed, drop: changed, paste: changed };
  // A page that writes itself anew ends what listens to it; who listens already is not added twice.
  const listen = () => Object.entries(heard).forEach(([kind, hear]) => addEventListener(kind, hear, true));
  new MutationObserver(listen).observe(document, { childList: true });
  listen();
})();`;
