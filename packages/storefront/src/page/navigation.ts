import type { Schemas } from '@jangbu/client';
import { fill } from './dom.ts';
import { find } from './router.ts';
import { t } from './text/language.ts';
import type { View } from './view.ts';
import { failedView } from './views/failed.ts';

export interface Navigation {
  /** Shows the address of now. */
  show(how?: { readonly focus: boolean }): Promise<void>;
  go(path: string, how?: 'replace'): void;
}

/**
 * Moves between the screens without loading the page anew. The screen of before stays until the next one is whole, so nothing jumps;
 * then the focus goes to it, so that whoever uses a keyboard or a screen reader is where the page is.
 */
export function openNavigation(me: () => Schemas['Me'] | undefined, onShown: () => void): Navigation {
  const main = document.getElementById('view') as HTMLElement;
  let shown: View | undefined;
  let leaving = new AbortController();

  async function show({ focus } = { focus: true }): Promise<void> {
    leaving.abort();
    leaving = new AbortController();
    const { signal } = leaving;
    main.setAttribute('aria-busy', 'true');
    const next = await load(signal);
    if (signal.aborted) return;
    shown?.leave?.();
    shown = next;
    fill(main, next.node);
    main.setAttribute('aria-busy', 'false');
    document.title = `${next.title} · ${t().shop}`;
    onShown();
    if (focus) main.focus({ preventScroll: true });
  }

  async function load(signal: AbortSignal): Promise<View> {
    const url = new URL(location.href);
    const { view, id } = find(url.pathname);
    const reload = () => void show({ focus: false });
    try {
      return await view({ url, id, me: me(), signal, go, reload });
    } catch (error) {
      return failedView(error, reload);
    }
  }

  function go(path: string, how?: 'replace'): void {
    if (how === 'replace') history.replaceState(null, '', path);
    else history.pushState(null, '', path);
    void show().then(() => scrollTo(0, 0));
  }

  addEventListener('popstate', () => void show());
  document.addEventListener('click', (event) => {
    const path = innerPath(event);
    if (path === undefined) return;
    event.preventDefault();
    go(path);
  });
  return { show, go };
}

/** Where a click leads within the shop; undefined where the browser itself has to follow. */
function innerPath(event: MouseEvent): string | undefined {
  if (event.defaultPrevented || event.button !== 0) return undefined;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return undefined;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (link === null || link.target !== '' || link.origin !== location.origin) return undefined;
  const { pathname, search, hash } = link;
  if (hash !== '' || /^\/(docs|auth|openapi\.json)/.test(pathname)) return undefined;
  return pathname + search;
}
