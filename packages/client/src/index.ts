export { ApiError, type ApiErrorCode, isApiError } from './api-error.ts';
export type { paths } from './api-types.d.ts';
export type { ItemOf, Method, OptionsOf, PathOf, ProblemCode, ResultOf, Schemas } from './call-types.ts';
export { type Answer, type Client, createClient, newIdempotencyKey } from './client.ts';
export type { ClientOptions } from './options.ts';
