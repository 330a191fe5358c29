import { call } from './client.ts';
import { readMe } from './member.ts';
import { openNavigation } from './navigation.ts';
import { notice } from './notice.ts';
import { problemText } from './problem-text.ts';
import { drawShell } from './shell.ts';
import type { Me } from './shop-types.ts';
import { openLanguage, t } from './text/language.ts';

let me: Me | undefined;

openLanguage();
const navigation = openNavigation(() => me, draw);
draw();
await identify();
await navigation.show({ focus: false });

function draw(): void {
  drawShell({
    me,
    cartCount: 0,
    search: (q) => navigation.go(q === '' ? '/' : `/?${new URLSearchParams({ q })}`),
    logOut: () => void logOut(),
    redraw: () => void navigation.show({ focus: false }),
  });
}

/** Nobody is kept from looking around because it is not known who they are. */
async function identify(): Promise<void> {
  me = await readMe().catch(() => undefined);
}

async function logOut(): Promise<void> {
  try {
    await call('/api/log-out', { method: 'POST' });
    await identify();
    navigation.go('/');
    notice(t().wasLoggedOut);
  } catch (error) {
    notice(problemText(error));
  }
}
