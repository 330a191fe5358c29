import { h } from '../dom.ts';
import { notice } from '../notice.ts';
import { problemText } from '../problem-text.ts';
import { t } from '../text/language.ts';

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

export interface Growing<Item> {
  readonly first: Page<Item>;
  readonly readPage: (cursor: string) => Promise<Page<Item>>;
  readonly toItem: (item: Item) => HTMLElement;
  readonly className: string;
}

/** A list that shows its next page when asked to; the focus goes to what has come. */
export function growing<Item>({ first, readPage, toItem, className }: Growing<Item>): HTMLElement {
  const list = h('ul', { class: className }, ...first.items.map(toItem));
  const more = h(
    'button',
    { type: 'button', class: 'quiet more', on: { click: () => void grow() } },
    t().showMore,
  );
  let cursor = first.nextCursor;
  more.hidden = cursor === null;

  async function grow(): Promise<void> {
    if (cursor === null) return;
    more.disabled = true;
    try {
      const page = await readPage(cursor);
      const fresh = page.items.map(toItem);
      list.append(...fresh);
      cursor = page.nextCursor;
      more.hidden = cursor === null;
      fresh[0]?.querySelector('a')?.focus();
    } catch (error) {
      notice(problemText(error));
    } finally {
      more.disabled = false;
    }
  }
  return h('div', {}, list, more);
}
