import { read } from '../client.ts';
import { h } from '../dom.ts';
import { bowl } from '../drawing.ts';
import { CATEGORIES, type Kimchi, type Page } from '../shop-types.ts';
import { won } from '../text/format.ts';
import { t } from '../text/language.ts';
import type { Place, View } from '../view.ts';
import { badges } from './badges.ts';
import { growing } from './growing.ts';

/** What is on sale: all of it, of a category, or found by a search. */
export async function listView({ url, signal }: Place): Promise<View> {
  const text = t();
  const query = {
    q: url.searchParams.get('q') || undefined,
    category: url.searchParams.get('category') ?? undefined,
  };
  const readPage = (cursor?: string) =>
    read<Page<Kimchi>>('/api/kimchi', { query: { ...query, cursor, limit: '12' }, signal });
  const first = await readPage();
  const title = query.q === undefined ? text.listTitle : text.foundTitle(query.q);
  return {
    title,
    node: h(
      'div',
      {},
      h('div', { class: 'lead' }, h('h1', {}, title), query.q === undefined && h('p', {}, text.listLead)),
      categories(query),
      first.items.length === 0 ? nothing() : growing({ first, readPage, toItem: card, className: 'cards' }),
    ),
  };
}

function categories(query: { q: string | undefined; category: string | undefined }): HTMLElement {
  const text = t();
  const link = (category: string | undefined, name: string) => {
    const search = new URLSearchParams();
    if (query.q !== undefined) search.set('q', query.q);
    if (category !== undefined) search.set('category', category);
    const isHere = query.category === category;
    return h(
      'li',
      {},
      h(
        'a',
        { href: search.size === 0 ? '/' : `/?${search}`, 'aria-current': isHere ? 'true' : undefined },
        name,
      ),
    );
  };
  return h(
    'nav',
    { 'aria-label': text.category },
    h(
      'ul',
      { class: 'chips' },
      link(undefined, text.allCategories),
      ...CATEGORIES.map((category) => link(category, text.categories[category])),
    ),
  );
}

function nothing(): HTMLElement {
  const text = t();
  return h(
    'section',
    { class: 'message' },
    h('p', { role: 'status' }, text.nothingFound),
    h('p', {}, h('a', { href: '/', class: 'button' }, text.showAll)),
  );
}

function card(kimchi: Kimchi): HTMLElement {
  const { kimchiId, name, sellerName, price, category } = kimchi;
  return h(
    'li',
    { class: 'card' },
    bowl(category),
    h(
      'div',
      { class: 'about' },
      h('h2', {}, h('a', { href: `/kimchi/${kimchiId}` }, name)),
      h('p', { class: 'minor' }, sellerName),
      h('p', { class: 'price' }, won(price), ...badges(kimchi)),
    ),
  );
}
