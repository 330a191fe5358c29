import { isIP } from 'node:net';
import { ShopError } from '../errors.ts';
import { isPublicAddress } from './public-address.ts';

/** What an endpoint's address may be. In the sandbox it may be this machine, without TLS, so that it can be tried. */
export interface Reach {
  readonly isAnywhere: boolean;
}

/** @throws ShopError `endpoint_url_refused` */
export function assertEndpointUrl(text: string, { isAnywhere }: Reach): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const refuse = (why: string) => new ShopError('endpoint_url_refused', `The url ${why}.`);
  if (url === undefined || !['https:', 'http:'].includes(url.protocol)) {
    throw refuse('must be one that begins with https://');
  }
  if (url.username !== '' || url.password !== '') throw refuse('must hold no user and no password');
  if (isAnywhere) return;
  if (url.protocol !== 'https:') throw refuse('must begin with https://');
  const host = hostOf(url);
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw refuse('leads to no public address');
  if (isIP(host) === 0 && !host.includes('.')) throw refuse('must name a host of the public internet');
}

export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}
