import type { ElementHandle, Page } from 'playwright-core';

/** What of the DOM is used here; the program itself has no types of it. */
export interface FieldNode {
  readonly tagName: string;
  readonly name: string;
  readonly type: string;
  value: string;
  disabled: boolean;
  readonly willValidate: boolean;
  readonly validity: { readonly valid: boolean };
  readonly validationMessage: string;
  dispatchEvent(event: unknown): boolean;
}

/** What the page tells of a field. */
export interface PageField {
  readonly handle: ElementHandle;
  readonly name: string;
  /** Such as `text`, `checkbox`, `select-multiple`, `textarea`. */
  readonly type: string;
  readonly value: string;
}

/** What stands in the page under names that a form's own fields cannot take: `<input name="elements">` hides the list of them. */
interface PageWorld {
  readonly document: {
    readonly baseURI: string;
    readonly URL: string;
    querySelectorAll(selector: string): Iterable<unknown>;
  };
  wafproofSubmission: { readonly defaultPrevented: boolean } | undefined;
  addEventListener(
    type: string,
    listener: (event: { readonly defaultPrevented: boolean }) => void,
    capture: boolean,
  ): void;
  readonly Element: { readonly prototype: { getAttribute: unknown; removeAttribute: unknown } };
  readonly HTMLFormElement: { readonly prototype: { requestSubmit: unknown } };
}

declare const window: PageWorld;

/** The form that a selector means, when it is there: the element itself, or the form around it; without one the first that posts. */
export async function findForm(
  page: Page,
  selector: string | undefined,
  timeoutMs: number,
): Promise<ElementHandle | undefined> {
  const wanted = selector ?? 'form';
  await page.waitForSelector(wanted, { state: 'attached', timeout: timeoutMs }).catch(() => undefined);
  const found = await page.evaluateHandle(
    ([css, isChosen]) => {
      const attribute = window.Element.prototype.getAttribute as {
        call(element: unknown, name: string): string | null;
      };
      const all = [...window.document.querySelectorAll(css)] as { closest(name: string): unknown }[];
      const posting = all.find((form) => attribute.call(form, 'method')?.trim().toLowerCase() === 'post');
      return isChosen ? all[0]?.closest('form') : (posting ?? all[0]);
    },
    [wanted, selector !== undefined] as const,
  );
  return (found.asElement() as ElementHandle | null) ?? undefined;
}

/** Where a form is sent by a button, as its page says. */
export interface SubmitTarget {
  readonly url: string;
  /** In capitals. */
  readonly method: string;
  /** An action is written; else it is the page itself, or whatever a script does. */
  readonly isWritten: boolean;
}

/** What the form and the button that is pressed say. */
export function submitTargetOf(form: ElementHandle, button: ElementHandle | undefined): Promise<SubmitTarget> {
  return form.evaluate(
    (node: unknown, [pressed]: readonly unknown[]) => {
      const attribute = window.Element.prototype.getAttribute as {
        call(element: unknown, name: string): string | null;
      };
      const said = (name: string) =>
        (pressed === null ? null : attribute.call(pressed, `form${name}`)) ?? attribute.call(node, name) ?? '';
      const action = said('action').trim();
      const isWritten = action !== '' && !action.startsWith('#') && !/^javascript:/i.test(action);
      const url =
        isWritten && URL.canParse(action, window.document.baseURI)
          ? new URL(action, window.document.baseURI)
          : undefined;
      return {
        url: url?.href ?? window.document.URL,
        method: (said('method') || 'get').trim().toUpperCase(),
        isWritten,
      };
    },
    [button ?? null],
  );
}

/** In the page: remembers that a form is submitted. */
export function noteSubmission(): void {
  window.wafproofSubmission = undefined;
  const note = (event: { readonly defaultPrevented: boolean }) => {
    window.wafproofSubmission = event;
  };
  window.addEventListener('submit', note, true);
}

/** In the page: whether a form is being submitted by the page itself, or was kept from it by a script. */
export function submissionState(): 'none' | 'native' | 'script' {
  const event = window.wafproofSubmission;
  return event === undefined ? 'none' : event.defaultPrevented ? 'script' : 'native';
}

/** The fields of a form, in its order. */
export async function fieldsOf(form: ElementHandle): Promise<readonly PageField[]> {
  const list = await form.evaluateHandle((node: unknown) => {
    const elements = Object.getOwnPropertyDescriptor(window.HTMLFormElement.prototype, 'elements');
    const all: Iterable<unknown> = elements?.get?.call(node) ?? [];
    return [...all];
  });
  const facts = await list.evaluate((nodes: unknown) =>
    (nodes as FieldNode[]).map(({ name, type, value }) => ({ name, type: type ?? '', value: `${value ?? ''}` })),
  );
  const handles = await list.getProperties();
  return facts.flatMap((fact, index) => {
    const handle = handles.get(`${index}`)?.asElement() as ElementHandle | null | undefined;
    return handle === null || handle === undefined ? [] : [{ handle, ...fact }];
  });
}

/** Fields that the browser will not submit, with what it tells their user. */
export function complaintsOf(form: ElementHandle, fields: readonly PageField[]): Promise<readonly string[]> {
  return form.evaluate(
    (node: unknown, handles: unknown) => {
      if ((node as { noValidate: unknown }).noValidate === true) return [];
      return (handles as FieldNode[])
        .filter((field) => field.willValidate && !field.validity.valid)
        .map((field) => `"${field.name}" says "${field.validationMessage}"`);
    },
    fields.map(({ handle }) => handle),
  );
}

/** Submits the form as its user does, by a button or without; its answer is to come to this page. */
export async function pressSubmit(form: ElementHandle, button: ElementHandle | undefined): Promise<void> {
  await form.evaluate(
    (node: unknown, [pressed]: readonly unknown[]) => {
      const { removeAttribute } = window.Element.prototype;
      const remove = removeAttribute as { call(element: unknown, name: string): void };
      remove.call(node, 'target');
      if (pressed !== null) remove.call(pressed, 'formtarget');
    },
    [button ?? null],
  );
  const isClicked = button !== undefined && (await button.isVisible()) && (await clicked(button));
  if (isClicked) return;
  await form.evaluate(
    (node: unknown, [pressed]: readonly unknown[]) => {
      const { requestSubmit } = window.HTMLFormElement.prototype;
      (requestSubmit as { call(form: unknown, button: unknown): void }).call(node, pressed);
    },
    [button ?? null],
  );
}

/** Whether a button takes a click soon: something may lie over it, such as a banner about cookies. */
function clicked(button: ElementHandle): Promise<boolean> {
  return button.click({ timeout: clickMs, noWaitAfter: true }).then(
    () => true,
    () => false,
  );
}

const clickMs = 3000;
