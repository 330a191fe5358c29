import { randomBytes } from 'node:crypto';
import type { FaultContext } from '../faults/under-faults.ts';
import type { Route } from '../http/exchange.ts';
import { idTokens } from '../kakao/id-token.ts';
import { kakaoRoutes } from '../kakao/kakao-routes.ts';
import { naverRoutes } from '../naver/naver-routes.ts';
import { Grants } from './grants.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const LARGEST = 10_000;

/** Both providers of log-in. What they gave out is forgotten with the process; people and their ids stay the same. */
export function logInRoutes(context: FaultContext & { readonly clock: () => Date }): Route[] {
  const common = {
    clock: context.clock,
    newSecret: () => randomBytes(32).toString('base64url'),
    codeMs: 10 * MINUTE_MS,
    largest: LARGEST,
  };
  const naver = new Grants({ ...common, accessMs: HOUR_MS, refreshMs: 365 * DAY_MS });
  const kakao = new Grants({ ...common, accessMs: 6 * HOUR_MS, refreshMs: 60 * DAY_MS });
  return [...naverRoutes({ ...context, naver }), ...kakaoRoutes({ ...context, kakao, idTokens: idTokens() })];
}
