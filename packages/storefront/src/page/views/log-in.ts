import { h } from '../dom.ts';
import { textOfCode } from '../problem-text.ts';
import { t } from '../text/language.ts';
import type { Place, View } from '../view.ts';

const PROVIDERS = ['naver', 'kakao'] as const;

/** The ways in. */
export async function logInView({ url, me }: Place): Promise<View> {
  const text = t();
  const returnTo = url.searchParams.get('returnTo') ?? '/';
  const failed = url.searchParams.get('logInError');
  return {
    title: text.logInTitle,
    node: h(
      'section',
      { class: 'message log-in' },
      h('h1', {}, text.logInTitle),
      h('p', { class: 'minor' }, text.logInLead),
      failed !== null &&
        h('p', { class: 'note warm', role: 'alert' }, textOfCode(failed) ?? text.problemFallback),
      h(
        'p',
        { class: 'providers' },
        ...PROVIDERS.map((provider) =>
          h(
            'a',
            {
              href: `/auth/${provider}?returnTo=${encodeURIComponent(returnTo)}`,
              class: `button ${provider}`,
            },
            text.logInWith[provider],
          ),
        ),
      ),
      me !== undefined && me.csrfToken === null && h('p', { class: 'minor' }, text.logInSandbox(me.name)),
    ),
  };
}
