import { type Cookie, cookie } from '../http/cookie.ts';

/** By what browsers are known. Lax, and not Strict: one comes back from a provider with its cookies. */
export interface Cookies {
  readonly session: Cookie;
  /** The secret of a browser that logs in. */
  readonly browser: Cookie;
  /** The cart of a visitor who has not logged in. */
  readonly cart: Cookie;
}

export function cookies(guarding: { readonly isSecure: boolean }): Cookies {
  return {
    session: cookie('jangbu-session', guarding),
    browser: cookie('jangbu-log-in', guarding),
    cart: cookie('jangbu-cart', guarding),
  };
}
