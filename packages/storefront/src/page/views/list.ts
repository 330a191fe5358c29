import type { Schemas } from '@jangbu/client';
import { api } from '../api.ts';
import { h } from '../dom.ts';
import { bowl } from '../drawing.ts';
import { won } from '../text/format.ts';
import { t } from '../text/language.ts';
import type { Place, View } from '../view.ts';
import { badges } from './badges.ts';
import { growing } from './growing.ts';

type Category = Schemas['Kimchi']['category'];

/** What is on sale: all of it, of a category, or found by a search. */
export async function listView({ url, signal }: Place): Promise<View> {
  const text = t();
  const query = {
    q: url.searchParams.get('q') || undefined,
    category: categoryOf(url.searchParams.get('category')),
  };
  const readPage = (cursor?: string) =>
    api.get('/api/kimchi', { query: { ...query, cursor, limit: 12 }, signal });
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

/** Undefined, which is all of them, for what is no sort of kimchi. */
function categoryOf(text: string | null): Category | undefined {
  return (Object.keys(t().categories) as Category[]).find((category) => category === text);
}

function categories(query: { q: string | undefined; category: Category | undefined }): HTMLElement {
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
      ...Object.entries(text.categories).map(([category, name]) => link(category, name)),
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

function card(kimchi: Schemas['Kimchi']): HTMLElement {
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
