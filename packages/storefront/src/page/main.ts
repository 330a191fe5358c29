import type { Schemas } from '@jangbu/client';
import { api } from './api.ts';
import { cartCount, readCart, watchCart } from './cart.ts';
import { readMe } from './member.ts';
import { openNavigation } from './navigation.ts';
import { notice } from './notice.ts';
import { problemText } from './problem-text.ts';
import { drawShell } from './shell.ts';
import { openLanguage, t } from './text/language.ts';

let me: Schemas['Me'] | undefined;

openLanguage();
showFailedLogIn();
const navigation = openNavigation(() => me, draw);
watchCart(draw);
draw();
await identify();
await navigation.show({ focus: false });

function draw(): void {
  drawShell({
    me,
    cartCount: cartCount(),
    search: (q) => navigation.go(q === '' ? '/' : `/?${new URLSearchParams({ q })}`),
    logOut: () => void logOut(),
    redraw: () => void navigation.show({ focus: false }),
  });
}

/** Who comes back from a log-in that failed is at the log-in again, and told why. */
function showFailedLogIn(): void {
  const url = new URL(location.href);
  const code = url.searchParams.get('logInError');
  if (code === null || url.pathname === '/log-in') return;
  url.searchParams.delete('logInError');
  const query = new URLSearchParams({ returnTo: url.pathname + url.search, logInError: code });
  history.replaceState(null, '', `/log-in?${query}`);
}

/** Nobody is kept from looking around because it is not known who they are. */
async function identify(): Promise<void> {
  me = await readMe().catch(() => undefined);
  // What lies in the cart is shown when it is known; nothing waits for it.
  readCart().catch(() => {});
}

async function logOut(): Promise<void> {
  try {
    await api.post('/api/log-out');
    await identify();
    navigation.go('/');
    notice(t().wasLoggedOut);
  } catch (error) {
    notice(problemText(error));
  }
}
