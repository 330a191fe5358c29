import type { Request, Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ShopError } from '../errors.ts';
import type { Caller } from './caller.ts';

const WINDOW_SECONDS = 60;

/** Counts what each caller asks for in a minute; callers whom nobody knows are told by their address. */
export interface RateLimit {
  /** @throws ShopError `rate_limited` */
  count(request: Request, response: Response, caller: Caller | undefined): Promise<void>;
}

/** Each process counts for itself: of several, each allows as much. */
export function createRateLimit(perMinute: number): RateLimit {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: WINDOW_SECONDS });
  const policy = `"minute";q=${perMinute};w=${WINDOW_SECONDS}`;
  return {
    async count(request, response, caller) {
      const key = caller === undefined ? `address ${request.ip}` : `member ${caller.memberId}`;
      const state = await limiter.consume(key).catch((refused: unknown) => {
        if (refused instanceof RateLimiterRes) return refused;
        throw refused;
      });
      const seconds = Math.ceil(state.msBeforeNext / 1000);
      // As the IETF's draft on RateLimit header fields has them.
      response.setHeader('RateLimit-Policy', policy);
      response.setHeader('RateLimit', `"minute";r=${state.remainingPoints};t=${seconds}`);
      if (state.consumedPoints <= perMinute) return;
      throw new ShopError('rate_limited', `No more than ${perMinute} requests a minute; try again later.`, {
        retryAfterSeconds: seconds,
      });
    },
  };
}
