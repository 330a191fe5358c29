import type { ViewFactory } from './view.ts';
import { listView } from './views/list.ts';
import { notFoundView } from './views/not-found.ts';

const ROUTES: readonly (readonly [RegExp, ViewFactory])[] = [[/^\/()$/, listView]];

/** The view of an address, and what the address names. */
export function find(path: string): { readonly view: ViewFactory; readonly id: string } {
  for (const [pattern, view] of ROUTES) {
    const match = pattern.exec(path);
    if (match !== null) return { view, id: decodeURIComponent(match[1] ?? '') };
  }
  return { view: notFoundView, id: '' };
}
