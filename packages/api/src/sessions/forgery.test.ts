import { describe, expect, it } from '@jest/globals';
import { assertNotForged, forgeryTokenOf, type Provenance } from './forgery.ts';

const HERE = 'https://shop.example';
const sound: Provenance = {
  method: 'POST',
  ownOrigin: HERE,
  origin: HERE,
  fetchSite: 'same-origin',
  token: forgeryTokenOf('session-1'),
};

describe('assertNotForged', () => {
  it.each<[string, Partial<Provenance>]>([
    ['a page of this service', {}],
    ['a client that is no browser', { origin: undefined, fetchSite: undefined }],
    ['an older browser', { fetchSite: undefined }],
    [
      'a read from anywhere',
      { method: 'GET', origin: 'https://evil.example', fetchSite: 'cross-site', token: '' },
    ],
  ])('lets %s through', (_name, changed) => {
    expect(() => assertNotForged('session-1', { ...sound, ...changed })).not.toThrow();
  });

  it.each<[string, Partial<Provenance>]>([
    ['another site', { origin: 'https://evil.example', fetchSite: 'cross-site' }],
    ['a neighbour of the domain', { origin: 'https://blog.shop.example', fetchSite: 'same-site' }],
    ['no page at all', { origin: undefined, fetchSite: 'none' }],
    ['a page without an origin', { origin: 'null' }],
    ['the same host without TLS', { origin: 'http://shop.example', fetchSite: undefined }],
    ['a request without the token', { token: undefined }],
    ['a request with an empty token', { token: '' }],
    ['a request with another session’s token', { token: forgeryTokenOf('session-2') }],
    ['a DELETE without the token', { method: 'DELETE', token: undefined }],
  ])('refuses %s', (_name, changed) => {
    const asked = () => assertNotForged('session-1', { ...sound, ...changed });
    expect(asked).toThrow(expect.objectContaining({ code: 'request_forged' }));
  });
});
