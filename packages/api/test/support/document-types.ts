import type { Method, paths, ResultOf, Schemas } from '@jangbu/client';

/**
 * What the document says that a request is answered with. `/api/orders/${orderId}?limit=5` is an address of `/api/orders/{orderId}`; an
 * address that is made when the test runs, or that no path has, may be answered with anything.
 */
export type BodyAt<M extends string, Address extends string> = [PathAt<M, Address>] extends [never]
  ? // biome-ignore lint/suspicious/noExplicitAny: hostile requests go where the document says nothing.
    any
  : Body<ResultAt<M, PathAt<M, Address>>>;

/** A test knows which of the two it expects, and says so. */
type Body<Result> = Omit<Schemas['Problem'], 'code'> & { readonly code: string; readonly result: Result };

type ResultAt<M extends string, Path> = Path extends keyof paths
  ? Lowercase<M> extends infer Name extends Method
    ? ResultOf<Name, Path>
    : never
  : never;

/** The paths of the document that have this method and that the address is one of. */
type PathAt<M extends string, Address extends string> = {
  [Path in keyof paths]: IsAt<Segments<WithoutQuery<Address>>, Segments<Path>> extends true
    ? paths[Path] extends Readonly<Record<Lowercase<M>, unknown>>
      ? Path
      : never
    : never;
}[keyof paths];

type WithoutQuery<Address extends string> = Address extends `${infer Path}?${string}` ? Path : Address;
type Segments<Path extends string> = Path extends `${infer First}/${infer Rest}`
  ? [First, ...Segments<Rest>]
  : [Path];
type IsAt<Given extends string[], Path extends string[]> = Path extends [
  infer Wanted,
  ...infer Further extends string[],
]
  ? Given extends [infer First, ...infer Rest extends string[]]
    ? First extends Fitting<Wanted>
      ? IsAt<Rest, Further>
      : false
    : false
  : Given extends []
    ? true
    : false;
type Fitting<Wanted> = Wanted extends `{${string}}` ? string : Wanted;
