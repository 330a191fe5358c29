import createClient, { type Client, type ClientOptions } from 'openapi-fetch';
import type { paths } from './api-types.ts';

export type { components, paths } from './api-types.ts';

/** The API over fetch, with paths, parameters, bodies and answers as the OpenAPI document has them. */
export type ApiClient = Client<paths>;

/** @param options `baseUrl` is the API's address; `headers` may bear an `Authorization`. A problem comes as `error`, and is not thrown. */
export function createApiClient(options: ClientOptions): ApiClient {
  return createClient<paths>(options);
}
