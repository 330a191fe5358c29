export type Child = Node | string | number | false | null | undefined;

export interface Attributes {
  /** Listeners by the event's name. */
  readonly on?: Readonly<Record<string, (event: Event) => void>>;
  /** A boolean attribute is there or not; text and numbers are its value; what is undefined is left out. */
  readonly [name: string]: string | number | boolean | undefined | Attributes['on'];
}

/** Makes an element. What it holds is text or elements, never HTML, so nothing that a seller or a mall wrote can become code. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  const { on = {}, ...rest } = attributes;
  setAttributes(element, rest);
  for (const [event, listener] of Object.entries(on)) element.addEventListener(event, listener);
  append(element, children);
  return element;
}

/** The same for drawings. */
export function svg(tag: string, attributes: Attributes = {}, ...children: readonly Child[]): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  setAttributes(element, attributes);
  append(element, children);
  return element;
}

/** Puts these children in the place of all that was there. */
export function fill(element: Element, ...children: readonly Child[]): void {
  element.replaceChildren();
  append(element, children);
}

function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false || typeof value === 'object') continue;
    element.setAttribute(name, value === true ? '' : String(value));
  }
}

function append(element: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === false || child === null || child === undefined) continue;
    element.append(typeof child === 'number' ? String(child) : child);
  }
}
