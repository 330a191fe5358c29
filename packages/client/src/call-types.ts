import type { components, paths } from './api-types.d.ts';

/** The named shapes of the document: `Schemas['Order']`. */
export type Schemas = components['schemas'];
export type ProblemCode = Schemas['ProblemCode'];
export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** The paths that have this method and answer it with a result or, in the case of 204, with nothing. */
export type PathOf<M extends Method> = {
  [P in keyof paths]: [ResultOf<M, P>] extends [never] ? never : P;
}[keyof paths];

/** What stands in `result` of a good answer, whichever of its statuses it has. */
export type ResultOf<M extends Method, P extends keyof paths> = ResultIn<GoodAnswers<OperationOf<M, P>>>;

/** The lists: what they answer with has items, and leads from page to page. */
export type ListPath = {
  [P in PathOf<'get'>]: ResultOf<'get', P> extends Page ? P : never;
}[PathOf<'get'>];
export type ItemOf<P extends ListPath> =
  ResultOf<'get', P> extends { readonly items: readonly (infer Item)[] } ? Item : never;

/** The paths that can be read as text: CSV, metrics, pages. */
export type TextPath = {
  [P in keyof paths]: GoodAnswers<OperationOf<'get', P>> extends { readonly content: infer Content }
    ? Exclude<keyof Content, 'application/json'> extends never
      ? never
      : P
    : never;
}[keyof paths];

/** What a call takes beside its path; nothing where nothing has to be said. */
export type OptionsOf<M extends Method, P extends keyof paths> = Options<OperationOf<M, P>>;
/** The same as the last parameter of a function, left out where it may be. */
export type Given<Taken> = Record<never, never> extends Taken ? [options?: Taken] : [options: Taken];

type Options<Operation> = Operation extends { readonly parameters: infer Parameters }
  ? Common & ParamsOf<Parameters> & QueryOf<Parameters> & BodyOf<Operation> & KeyOf<Parameters>
  : never;

interface Common {
  readonly signal?: AbortSignal | undefined;
}
type ParamsOf<Parameters> = Parameters extends { readonly path: infer Path }
  ? { readonly params: Path }
  : unknown;
type QueryOf<Parameters> = Parameters extends { readonly query: infer Query }
  ? { readonly query: Loose<Query> }
  : Parameters extends { readonly query?: infer Query }
    ? [Query] extends [undefined]
      ? unknown
      : { readonly query?: Loose<Query> | undefined }
    : unknown;
type BodyOf<Operation> = Operation extends { readonly requestBody: JsonBody<infer Body> }
  ? { readonly body: Body }
  : Operation extends { readonly requestBody?: JsonBody<infer Body> }
    ? [Body] extends [never]
      ? unknown
      : { readonly body?: Body | undefined }
    : unknown;
type KeyOf<Parameters> = Parameters extends { readonly header?: { readonly 'Idempotency-Key'?: infer Key } }
  ? [Key] extends [string]
    ? {
        /** What makes this call and another of its own kind one and the same; a fresh one where none is given. */
        readonly idempotencyKey?: string | undefined;
      }
    : unknown
  : unknown;

type JsonBody<Body> = { readonly content: { readonly 'application/json': Body } };
/** What is undefined is left out, so that a caller need not take fields away. */
type Loose<Query> = { readonly [Name in keyof Query]: Query[Name] | undefined };
interface Page {
  readonly items: readonly unknown[];
  readonly nextCursor: string | null;
}

type OperationOf<M extends Method, P extends keyof paths> =
  paths[P] extends Readonly<Record<M, infer Operation>> ? Operation : never;
type GoodAnswers<Operation> = Operation extends { readonly responses: infer Responses }
  ? Responses[keyof Responses & (200 | 201 | 202 | 204)]
  : never;
type ResultIn<Response> = Response extends {
  readonly content: { readonly 'application/json': { readonly result: infer Result } };
}
  ? Result
  : Response extends { readonly content: unknown }
    ? never
    : undefined;
