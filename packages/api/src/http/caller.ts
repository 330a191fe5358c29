import type { RequestHandler, Response } from 'express';
import { ShopError } from '../errors.ts';

/** On whose behalf a request is made. */
export interface Caller {
  readonly memberId: number;
}

/** In the sandbox a caller without credentials is member 1, so that the first curl works. */
const SANDBOX_CALLER: Caller = { memberId: 1 };

export function identify(mode: 'sandbox' | 'production'): RequestHandler {
  return (_request, response, next) => {
    if (mode === 'production') {
      throw new ShopError('credentials_missing', 'Log in first; this service accepts no anonymous calls.');
    }
    response.locals['caller'] = SANDBOX_CALLER;
    next();
  };
}

export function callerOf(response: Response): Caller {
  return response.locals['caller'] as Caller;
}
