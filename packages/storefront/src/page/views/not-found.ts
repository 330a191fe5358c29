import { h } from '../dom.ts';
import { t } from '../text/language.ts';
import type { View } from '../view.ts';

export async function notFoundView(): Promise<View> {
  const { notFoundTitle, notFound, home } = t();
  return {
    title: notFoundTitle,
    node: h(
      'section',
      { class: 'message' },
      h('h1', {}, notFoundTitle),
      h('p', {}, notFound),
      h('p', {}, h('a', { href: '/', class: 'button' }, home)),
    ),
  };
}
