import { type LookupAddress, lookup as lookUpName } from 'node:dns';
import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { hostOf, type Reach } from './endpoint-url.ts';
import { isPublicAddress } from './public-address.ts';

/** What came back of one sending. */
export type Sent =
  | { readonly got: 'status'; readonly status: number; readonly tookMs: number }
  /** `error` is a code: what a system says in words can hold what was sent. */
  | { readonly got: 'nothing'; readonly error: string; readonly tookMs: number };

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
  readonly reach: Reach;
}

/** An answer is read no further: only its status counts. */
const MOST_ANSWER_BYTES = 16_384;

/**
 * Posts to an address that somebody else has chosen. The name is resolved here, the connection goes to exactly the address that was
 * checked, and a redirect is not followed: so it reaches the public internet and nothing beside this service. Never rejects.
 */
export function post({ url: text, headers, body, timeoutMs, reach }: Post): Promise<Sent> {
  const startedAt = performance.now();
  const tookMs = () => Math.round(performance.now() - startedAt);
  return new Promise((resolve) => {
    const fail = (error: string) => resolve({ got: 'nothing', error, tookMs: tookMs() });
    const url = new URL(text);
    if (!reach.isAnywhere && isIP(hostOf(url)) !== 0 && !isPublicAddress(hostOf(url))) {
      return fail('ADDRESS_NOT_PUBLIC');
    }
    const options: RequestOptions = {
      method: 'POST',
      // A connection of its own: what was checked is what is connected to.
      agent: false,
      lookup: lookupWithin(reach),
      headers: {
        ...headers,
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'jangbu-webhooks/1',
      },
    };
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, options);
    const timer = setTimeout(() => request.destroy(codedError('TIMEOUT')), timeoutMs);
    request.on('error', (error: { code?: string }) => {
      clearTimeout(timer);
      fail(error.code ?? 'UNKNOWN');
    });
    request.on('response', (response) => {
      let size = 0;
      const done = () => {
        clearTimeout(timer);
        resolve({ got: 'status', status: response.statusCode ?? 0, tookMs: tookMs() });
        response.destroy();
      };
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > MOST_ANSWER_BYTES) done();
      });
      response.on('end', done);
      response.on('error', (error: { code?: string }) => fail(error.code ?? 'UNKNOWN'));
    });
    request.end(body);
  });
}

function lookupWithin(reach: Reach): LookupFunction {
  return (hostname, options, callback) => {
    lookUpName(hostname, { ...options, all: true }, (error, addresses) => {
      const refusal = error ?? refusalOf(addresses, reach);
      const [first] = addresses ?? [];
      if (refusal !== undefined || first === undefined) callback(refusal ?? codedError('ENOTFOUND'), []);
      else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

/** One address that is not public is reason enough: a name that leads both ways is made for this. */
function refusalOf(addresses: readonly LookupAddress[], { isAnywhere }: Reach) {
  return isAnywhere || addresses.every(isPublic) ? undefined : codedError('ADDRESS_NOT_PUBLIC');
}

function isPublic({ address }: LookupAddress): boolean {
  return isPublicAddress(address);
}

function codedError(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(code), { code });
}
