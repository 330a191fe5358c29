import type { Schemas } from '@jangbu/client';
import { svg } from './dom.ts';

type Category = Schemas['Kimchi']['category'];

/** Colours of what lies in the jar: its ground, the kimchi and its leaves. */
const COLOURS: Readonly<Record<Category, readonly [string, string, string]>> = {
  cabbage: ['#f9e4da', '#c8442f', '#e9d9a6'],
  radish: ['#f8e7e0', '#d9694b', '#fbf3e2'],
  water: ['#e7eff0', '#cfe0dc', '#f4f1e4'],
  leaf: ['#e6eddc', '#6f8f4a', '#a3b877'],
  aged: ['#efe0d3', '#8f3a2a', '#c98a5f'],
  other: ['#eceee0', '#9bb06b', '#dfe6bf'],
};

/** A bowl of this sort of kimchi. It says nothing that the text beside it does not. */
export function bowl(category: Category): SVGElement {
  const [ground, kimchi, leaf] = COLOURS[category];
  return svg(
    'svg',
    {
      viewBox: '0 0 160 120',
      preserveAspectRatio: 'xMidYMid slice',
      class: 'bowl',
      'aria-hidden': 'true',
      focusable: 'false',
    },
    svg('rect', { width: 160, height: 120, fill: ground }),
    svg('ellipse', { cx: 80, cy: 99, rx: 50, ry: 7, fill: '#000', opacity: 0.07 }),
    ...pieces(category, kimchi, leaf),
    svg('path', { d: 'M30 58h100c0 26-20 42-50 42S30 84 30 58z', fill: '#fffdf9' }),
    svg('path', { d: 'M30 58h100c0 3-.3 6-.9 8.7H30.9C30.3 64 30 61 30 58z', fill: '#e8e0d4' }),
    svg('path', { d: 'M60 97h40l-3 6H63z', fill: '#e8e0d4' }),
  );
}

function pieces(category: Category, kimchi: string, leaf: string): SVGElement[] {
  if (category === 'radish') {
    return [
      [44, 44],
      [64, 36],
      [86, 40],
      [104, 45],
      [74, 48],
    ].map(([x = 0, y = 0], index) =>
      svg('rect', {
        x,
        y,
        width: 19,
        height: 18,
        rx: 4,
        fill: index % 2 === 0 ? kimchi : leaf,
        transform: `rotate(${index * 9 - 16} ${x + 9} ${y + 9})`,
        stroke: kimchi,
        'stroke-width': 1.5,
      }),
    );
  }
  if (category === 'water') {
    return [
      svg('ellipse', { cx: 80, cy: 57, rx: 47, ry: 12, fill: kimchi }),
      svg('circle', { cx: 62, cy: 54, r: 8, fill: leaf }),
      svg('circle', { cx: 84, cy: 51, r: 9, fill: leaf }),
      svg('path', { d: 'M98 54q7-6 13 0q-6 6-13 0z', fill: '#c8442f' }),
      svg('path', {
        d: 'M70 47q4-4 8 0',
        fill: 'none',
        stroke: '#6f8f4a',
        'stroke-width': 3,
        'stroke-linecap': 'round',
      }),
    ];
  }
  return [
    svg('path', { d: 'M38 60c-4-18 14-30 28-24c8-14 30-12 34 2c14-4 26 8 22 22z', fill: kimchi }),
    svg('path', { d: 'M50 58c0-12 10-18 18-14c-6 4-8 8-8 14z', fill: leaf }),
    svg('path', { d: 'M78 58c-2-14 8-22 18-18c-6 4-8 10-8 18z', fill: leaf, opacity: 0.85 }),
    svg('path', { d: 'M102 60c0-9 6-14 13-11c-4 3-5 6-5 11z', fill: leaf, opacity: 0.7 }),
    svg('path', {
      d: 'M66 44q6 4 4 14M94 42q6 5 3 16',
      fill: 'none',
      stroke: '#fff',
      'stroke-opacity': 0.35,
      'stroke-width': 2,
      'stroke-linecap': 'round',
    }),
  ];
}

/** The jar that the shop goes by, as in icon.svg; drawn, so that drawing the header anew asks for nothing. */
export function jar(): SVGElement {
  const pale = '#fff3e6';
  return svg(
    'svg',
    { viewBox: '0 0 32 32', width: 28, height: 28, 'aria-hidden': 'true', focusable: 'false' },
    svg('rect', { width: 32, height: 32, rx: 8, fill: '#b3261e' }),
    svg('path', { d: 'M9 12h14l1.6 4.2a10 10 0 0 1-3 10.3H10.4a10 10 0 0 1-3-10.3z', fill: pale }),
    svg('rect', { x: 8, y: 7, width: 16, height: 4.4, rx: 2.2, fill: pale }),
  );
}
