import { inTransaction } from '@jangbu/ledger-core';
import type { Request, RequestHandler, Response } from 'express';
import type { Knex } from 'knex';
import type { Vault } from '../vault/vault.ts';
import type { Caller } from './caller.ts';
import { fingerprintOf, readIdempotencyKey } from './idempotency/key.ts';
import { type KeyedRequest, onceAround, onceInTransaction } from './idempotency/once.ts';
import { parse } from './parse.ts';
import type { Route } from './route.ts';
import { sendAgain, sendAnswer } from './send-answer.ts';
import { traceHeadersOf } from './tracing.ts';

export interface CarryOutContext {
  readonly knex: Knex;
  readonly clock: () => Date;
  readonly vault: Vault;
}

/** The last step of a request: checks what it says, then calls the handler, once for each `Idempotency-Key`. */
export function carryOut(route: Route, context: CarryOutContext): RequestHandler {
  const { knex } = context;
  return async (request, response) => {
    const call = callOf(route, request, response, knex);
    const key = route.idempotency === 'none' ? undefined : readIdempotencyKey(request.get('Idempotency-Key'));
    if (key === undefined) return sendAnswer(route, request, response, await route.handle(call));
    const keyed = toKeyed(route, call, context, key);
    const once =
      route.idempotency === 'around'
        ? await onceAround(keyed, () => route.handle(call))
        : await onceInTransaction(keyed, (commit) => route.handle({ ...call, commit, commitOne: commit }));
    if ('again' in once) sendAgain(response, once.again);
    else await sendAnswer(route, request, response, once.fresh);
  };
}

/** @throws ShopError `request_invalid` */
function callOf({ params, query, body }: Route, request: Request, response: Response, knex: Knex) {
  return {
    params: params && parse(params, request.params),
    query: query && parse(query, request.query),
    body: body && parse(body, request.body),
    caller: response.locals['caller'] as Caller | undefined,
    trace: traceHeadersOf(response),
    commit: (work) => inTransaction(knex, work),
    commitOne: (work) => work(undefined),
    request,
  } satisfies Parameters<Route['handle']>[0];
}

function toKeyed(
  { method, path, isAnswerSecret }: Route,
  {
    caller,
    params,
    query,
    request,
  }: Pick<Parameters<Route['handle']>[0], 'caller' | 'params' | 'query' | 'request'>,
  { knex, clock, vault }: CarryOutContext,
  key: string,
): KeyedRequest {
  return {
    knex,
    clock,
    vault: isAnswerSecret ? vault : undefined,
    slot: { memberId: caller?.memberId ?? 0, operation: `${method.toUpperCase()} ${path}`, key },
    // The body as it came: a field that is ignored still makes it another request.
    fingerprint: fingerprintOf({ params, query, body: request.body }),
  };
}
