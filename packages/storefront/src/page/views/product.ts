import type { Schemas } from '@jangbu/client';
import { api } from '../api.ts';
import { addToCart } from '../cart.ts';
import { h } from '../dom.ts';
import { bowl } from '../drawing.ts';
import { notice } from '../notice.ts';
import { problemText } from '../problem-text.ts';
import { MOST_OF_ONE, stepper } from '../stepper.ts';
import { won } from '../text/format.ts';
import { t } from '../text/language.ts';
import type { Place, View } from '../view.ts';
import { badges } from './badges.ts';
import { comparison } from './comparison.ts';

/** One kimchi, and what it costs elsewhere. */
export async function productView({ id, signal }: Place): Promise<View> {
  const text = t();
  const kimchi = await api.get('/api/kimchi/{kimchiId}', { params: { kimchiId: id }, signal });
  const { name, sellerName, description, price, category } = kimchi;
  return {
    title: name,
    node: h(
      'div',
      {},
      h(
        'article',
        { class: 'product' },
        bowl(category),
        h(
          'div',
          { class: 'about' },
          h('p', { class: 'minor' }, text.categories[category]),
          h('h1', {}, name),
          h('p', { class: 'price large' }, won(price), ...badges(kimchi)),
          h('p', {}, description),
          h('p', { class: 'minor' }, text.seller(sellerName)),
          buying(kimchi),
        ),
      ),
      comparison(kimchi.kimchiId, signal),
    ),
  };
}

function buying({ kimchiId, name, available }: Schemas['Kimchi']): HTMLElement {
  const text = t();
  if (available === 0) return h('p', { class: 'note warm' }, text.soldOut);
  let quantity = 1;
  const button = h('button', { type: 'button', on: { click: () => void put() } }, text.putInCart);

  async function put(): Promise<void> {
    button.disabled = true;
    try {
      await addToCart(kimchiId, quantity);
      notice(text.wasPutInCart(name), { text: text.goToCart, href: '/cart' });
    } catch (error) {
      notice(problemText(error));
    } finally {
      button.disabled = false;
    }
  }
  return h(
    'div',
    { class: 'actions' },
    stepper({
      name,
      quantity,
      most: Math.min(available ?? MOST_OF_ONE, MOST_OF_ONE),
      onChange: (chosen) => {
        quantity = chosen;
      },
    }),
    button,
  );
}
