import type { Readable } from 'node:stream';
import type { LedgerErrorCode } from '@jangbu/ledger-core';
import type { Request } from 'express';
import type { Knex } from 'knex';
import { z } from 'zod';
import type { ShopErrorCode } from '../errors.ts';
import type { Access } from './access.ts';
import type { Caller } from './caller.ts';
import type { TraceHeaders } from './tracing.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/**
 * What becomes of an `Idempotency-Key`. `in_transaction`: the handler commits its answer with its effect, by `call.commit`.
 * `around`, what a POST has unless it says otherwise: the key is claimed before the handler and gets its answer after it; the
 * handler has to bear being called again where a process died in between. `none`: the header means nothing.
 */
export type Idempotency = 'in_transaction' | 'around' | 'none';

/** One way in which a route answers. */
export interface AnswerShape {
  readonly description: string;
  /** What stands in `result`. An answer without one has no JSON body. */
  readonly result?: z.ZodType;
  /** Other media types in which the same comes, as text or as a stream. */
  readonly media?: readonly string[];
  /** Headers that it may have, and what each says. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A `result`, for the documentation. */
  readonly example?: unknown;
}

export type AnswerShapes = { readonly [status: number]: AnswerShape };

export type AnswerHeaders = Readonly<Record<string, string | readonly string[]>>;

/** What a handler of these shapes returns. */
export type AnswerOf<Shapes extends AnswerShapes> = {
  [Status in keyof Shapes & number]: OneAnswer<Status, Shapes[Status]>;
}[keyof Shapes & number];

type OneAnswer<Status, Shape> = { readonly status: Status; readonly headers?: AnswerHeaders } & (
  | ResultOf<Shape>
  | ContentOf<Shape>
);
type ResultOf<Shape> = Shape extends { readonly result: infer Result extends z.ZodType }
  ? { readonly result: DeepReadonly<z.input<Result>> }
  : Shape extends { readonly media: unknown }
    ? never
    : unknown;
type ContentOf<Shape> = Shape extends { readonly media: readonly (infer Media)[] }
  ? { readonly content: string | Buffer | Readable; readonly type: Media }
  : never;
type DeepReadonly<T> = T extends object ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> } : T;

/** What a handler is given: everything parsed and checked, and nothing that was not declared. */
export interface Call<Params, Query, Body, Known, Answer> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly caller: Known;
  /** What an outbox event shall carry of this request. */
  readonly trace: TraceHeaders;
  /**
   * Runs the effect and keeps its answer beside it, in one transaction, where the request has an `Idempotency-Key`; without one it
   * is a transaction and nothing more.
   */
  readonly commit: (work: (trx: Knex.Transaction) => Promise<Answer>) => Promise<Answer>;
  /** The same for an effect that commits by itself, so that without a key there is no transaction. */
  readonly commitOne: (work: (trx: Knex.Transaction | undefined) => Promise<Answer>) => Promise<Answer>;
  /** For what stands in no schema: cookies, and the address of the caller. */
  readonly request: Request;
}

export interface RouteDefinition<
  Params extends Fields,
  Query extends Fields,
  Body extends z.ZodType | undefined,
  Who extends Access,
  Shapes extends AnswerShapes,
  Given extends AnswerOf<Shapes>,
> {
  readonly method: Method;
  /** As OpenAPI writes it: `/api/orders/{orderId}`. */
  readonly path: string;
  readonly summary: string;
  /** What one has to know before calling it, in a few sentences. */
  readonly description?: string;
  readonly tags: readonly [string, ...string[]];
  readonly access: Who;
  readonly params?: Params;
  readonly query?: Query;
  /** Optional where the schema accepts undefined. */
  readonly body?: Body;
  /** Fields of body and query that no schema names are refused, unless a contract that is not ours needs them ignored. */
  readonly unknownFields?: 'refused' | 'ignored';
  readonly idempotency?: Idempotency;
  /** Whether its answer holds a secret, and so is sealed where it is kept for an `Idempotency-Key`. */
  readonly isAnswerSecret?: boolean;
  readonly answers: Shapes;
  /** What this route refuses, beyond what follows from the rest of its definition (`problemsOf`). */
  readonly problems: readonly ProblemCode[];
  /** A body, for the documentation. */
  readonly example?: unknown;
  /** Not there in production mode. */
  readonly sandboxOnly?: boolean;
  /** Answers carry an ETag, and a client that has the same already gets 304. Not for streams. */
  readonly etag?: boolean;
  /** Whether requests count against the caller's rate limit; they do unless it is false. */
  readonly isLimited?: boolean;
  handle(
    call: Call<
      OutputOf<Params>,
      OutputOf<Query>,
      OutputOf<Body>,
      Who extends 'anyone' | 'guests' ? Caller | undefined : Caller,
      AnswerOf<Shapes>
    >,
  ): Promise<Given> | Given;
}

export type ProblemCode = ShopErrorCode | LedgerErrorCode;
type Fields = z.ZodObject | undefined;
type OutputOf<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** An answer, whatever its shape. */
export interface Answer {
  readonly status: number;
  readonly headers?: AnswerHeaders;
  readonly result?: unknown;
  readonly content?: string | Buffer | Readable;
  readonly type?: string;
}

/** A route whose types were checked where it was defined. */
export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly summary: string;
  readonly description: string | undefined;
  readonly tags: readonly string[];
  readonly access: Access;
  readonly params: z.ZodObject | undefined;
  readonly query: z.ZodObject | undefined;
  readonly body: z.ZodType | undefined;
  readonly idempotency: Idempotency;
  readonly isAnswerSecret: boolean;
  readonly answers: AnswerShapes;
  readonly problems: readonly ProblemCode[];
  readonly example: unknown;
  readonly sandboxOnly: boolean;
  readonly etag: boolean;
  readonly isLimited: boolean;
  handle(call: Call<unknown, unknown, unknown, Caller | undefined, Answer>): Promise<Answer> | Answer;
}

/**
 * Defines a route: the one place from which its checks, its types and its page of the documentation come. See
 * docs/reference/routes.md.
 */
export function defineRoute<
  const Shapes extends AnswerShapes,
  const Who extends Access,
  Params extends Fields = undefined,
  Query extends Fields = undefined,
  Body extends z.ZodType | undefined = undefined,
  const Given extends AnswerOf<Shapes> = AnswerOf<Shapes>,
>(definition: RouteDefinition<Params, Query, Body, Who, Shapes, Given>): Route {
  const { body, query, unknownFields = 'refused', handle } = definition;
  return {
    method: definition.method,
    path: definition.path,
    summary: definition.summary,
    description: definition.description,
    tags: definition.tags,
    access: definition.access,
    params: definition.params,
    query: unknownFields === 'refused' ? (query ?? z.object({})).strict() : query,
    body: body instanceof z.ZodObject && unknownFields === 'refused' ? body.strict() : body,
    idempotency: definition.idempotency ?? (definition.method === 'post' ? 'around' : 'none'),
    isAnswerSecret: definition.isAnswerSecret ?? false,
    answers: definition.answers,
    problems: definition.problems,
    example: definition.example,
    sandboxOnly: definition.sandboxOnly ?? false,
    etag: definition.etag ?? false,
    isLimited: definition.isLimited ?? true,
    // The handler's types were held against the schemas above; what it is called with is what those schemas gave.
    handle: handle as unknown as Route['handle'],
  };
}
