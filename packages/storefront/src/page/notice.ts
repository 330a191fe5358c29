import { fill, h } from './dom.ts';

const SHOWN_MS = 6_000;
let hiding: number | undefined;

/** Says something at the foot of the page for a moment; screen readers read it. */
export function notice(text: string, link?: { readonly text: string; readonly href: string }): void {
  const place = document.getElementById('notice');
  if (place === null) return;
  clearTimeout(hiding);
  fill(place, h('p', {}, text), link && h('a', { href: link.href }, link.text));
  place.classList.add('shown');
  hiding = setTimeout(() => place.classList.remove('shown'), SHOWN_MS);
}
