import type { Schemas } from '@jangbu/client';
import { fill, h } from './dom.ts';
import { jar } from './drawing.ts';
import { count } from './text/format.ts';
import { chooseLanguage, language, t } from './text/language.ts';
import { logInPath } from './views/failed.ts';

export interface ShellOptions {
  readonly me: Schemas['Me'] | undefined;
  readonly cartCount: number;
  readonly search: (q: string) => void;
  readonly logOut: () => void;
  readonly redraw: () => void;
}

/** What stands around every screen. */
export function drawShell(options: ShellOptions): void {
  const text = t();
  const header = document.getElementById('header') as HTMLElement;
  const footer = document.getElementById('footer') as HTMLElement;
  const skip = document.getElementById('skip') as HTMLElement;
  fill(skip, text.skip);
  fill(
    header,
    h(
      'div',
      { class: 'bar' },
      h('a', { href: '/', class: 'brand' }, jar(), text.shop),
      searchForm(options),
      h(
        'nav',
        { 'aria-label': text.navigation },
        h(
          'ul',
          {},
          h('li', {}, cartLink(options.cartCount)),
          h('li', {}, link('/orders', text.orders)),
          ...account(options),
        ),
      ),
    ),
  );
  fill(
    footer,
    h('p', {}, text.sandbox),
    h('p', {}, h('a', { href: '/docs' }, text.apiPage), languageSwitch(options.redraw)),
  );
}

function searchForm({ search }: ShellOptions): HTMLElement {
  const text = t();
  const q = new URL(location.href).searchParams.get('q') ?? '';
  const input = h('input', { type: 'search', name: 'q', value: q, maxlength: 100, placeholder: text.search });
  input.setAttribute('aria-label', text.searchLabel);
  return h(
    'form',
    {
      role: 'search',
      action: '/',
      on: {
        submit: (event) => {
          event.preventDefault();
          search(input.value.trim());
        },
      },
    },
    input,
  );
}

/** Its name in full begins with what is seen of it, so that who speaks to the browser can say that. */
function cartLink(cartCount: number): HTMLElement {
  const text = t();
  const figure = count(cartCount);
  return h(
    'a',
    {
      href: '/cart',
      'aria-label': cartCount === 0 ? text.cart : text.cartWith(figure),
      'aria-current': location.pathname === '/cart' ? 'page' : undefined,
    },
    text.cart,
    ' ',
    h('span', { class: 'count', hidden: cartCount === 0 }, figure),
  );
}

function link(href: string, text: string): HTMLElement {
  return h('a', { href, 'aria-current': location.pathname === href ? 'page' : undefined }, text);
}

/** In the sandbox somebody is known without a session; only a session can be ended. */
function account({ me, logOut }: ShellOptions): HTMLElement[] {
  const text = t();
  if (me !== undefined && me.csrfToken !== null) {
    return [
      h('li', { class: 'who' }, me.name),
      h('li', {}, h('button', { type: 'button', class: 'plain', on: { click: logOut } }, text.logOut)),
    ];
  }
  return [h('li', {}, link(logInPath(), text.logIn))];
}

function languageSwitch(redraw: () => void): HTMLElement {
  const other = language() === 'ko' ? 'en' : 'ko';
  const change = () => {
    chooseLanguage(other);
    redraw();
  };
  return h(
    'button',
    { type: 'button', class: 'plain', lang: other, on: { click: change } },
    t().otherLanguage,
  );
}
