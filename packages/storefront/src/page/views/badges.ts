import type { Schemas } from '@jangbu/client';
import { h } from '../dom.ts';
import { count } from '../text/format.ts';
import { t } from '../text/language.ts';

const FEW = 10;

/** What is worth knowing of a kimchi at a glance. */
export function badges({ taxFree, available }: Schemas['Kimchi']): HTMLElement[] {
  const text = t();
  const found: HTMLElement[] = [];
  if (available === 0) found.push(h('span', { class: 'badge' }, text.soldOut));
  else if (available !== null && available <= FEW) {
    found.push(h('span', { class: 'badge warm' }, text.left(count(available))));
  }
  if (taxFree) found.push(h('span', { class: 'badge' }, text.taxFree));
  return found;
}
