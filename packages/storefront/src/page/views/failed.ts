import { isApiError } from '@jangbu/client';
import { h } from '../dom.ts';
import { problemText } from '../problem-text.ts';
import { t } from '../text/language.ts';
import type { View } from '../view.ts';

/** In a screen's place when what it shows could not be read. */
export function failedView(error: unknown, again: () => void): View {
  const { failedTitle, tryAgain, home, logIn } = t();
  const needsLogIn = isApiError(error) && error.status === 401;
  return {
    title: failedTitle,
    node: h(
      'section',
      { class: 'message' },
      h('h1', {}, failedTitle),
      h('p', { role: 'alert' }, problemText(error)),
      h(
        'p',
        { class: 'actions' },
        needsLogIn
          ? h('a', { href: logInPath(), class: 'button' }, logIn)
          : h('button', { type: 'button', on: { click: again } }, tryAgain),
        h('a', { href: '/', class: 'button quiet' }, home),
      ),
    ),
  };
}

/** The log-in, which comes back here. */
export function logInPath(): string {
  return `/log-in?returnTo=${encodeURIComponent(location.pathname + location.search)}`;
}
