import { fill, h } from './dom.ts';
import { count } from './text/format.ts';
import { t } from './text/language.ts';

export interface StepperOptions {
  /** What is counted, for who does not see it. */
  readonly name: string;
  readonly quantity: number;
  readonly most: number;
  readonly onChange: (quantity: number) => void;
}

/** As much of one kimchi as the API takes in a cart. */
export const MOST_OF_ONE = 99;

/** One less, how many, one more. */
export function stepper({ name, quantity, most, onChange }: StepperOptions): HTMLElement {
  const text = t();
  let current = quantity;
  const figure = h('output', { 'aria-label': `${name}, ${text.quantity}` });
  const less = h('button', { type: 'button', class: 'quiet', on: { click: () => change(-1) } }, '−');
  const more = h('button', { type: 'button', class: 'quiet', on: { click: () => change(1) } }, '+');
  less.setAttribute('aria-label', `${name}, ${text.less}`);
  more.setAttribute('aria-label', `${name}, ${text.more}`);

  function change(by: number): void {
    current += by;
    draw();
    onChange(current);
  }
  function draw(): void {
    fill(figure, count(current));
    less.disabled = current <= 1;
    more.disabled = current >= most;
  }
  draw();
  return h('div', { class: 'stepper', role: 'group', 'aria-label': text.quantity }, less, figure, more);
}
