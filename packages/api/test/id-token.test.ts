import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { idTokenReader } from '../src/log-in/id-token.ts';

const ISSUER = 'https://issuer.example';
const NOW = new Date('2026-03-01T12:00:00Z');
const SECONDS = NOW.getTime() / 1_000;
type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

describe('an id token', () => {
  let server: Server;
  let ours: KeyPair;
  let others: KeyPair;
  let keysUrl: string;
  beforeAll(async () => {
    ours = await generateKeyPair('RS256');
    others = await generateKeyPair('RS256');
    const key = { ...(await exportJWK(ours.publicKey)), kid: 'k-1', alg: 'RS256', use: 'sig' };
    server = createServer((_request, response) => response.end(JSON.stringify({ keys: [key] })));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    keysUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  const read = (url = keysUrl) =>
    idTokenReader({ keysUrl: url, issuer: ISSUER, clientId: 'shop', clock: () => NOW });
  const SOUND = { iss: ISSUER, aud: 'shop', sub: '42', nonce: 'n-1', iat: SECONDS, exp: SECONDS + 3_600 };
  const sign = (claims: Record<string, unknown> = {}, key: KeyPair = ours, kid = 'k-1') =>
    new SignJWT({ ...SOUND, ...claims }).setProtectedHeader({ alg: 'RS256', kid }).sign(key.privateKey);

  it('says whom it is about', async () => {
    await expect(read()(await sign(), 'n-1')).resolves.toBe('42');
  });

  it.each<[string, Record<string, unknown>]>([
    ['another nonce', { nonce: 'n-2' }],
    ['no nonce', { nonce: undefined }],
    ['another audience', { aud: 'other-shop' }],
    ['another issuer', { iss: 'https://evil.example' }],
    ['an end that has passed', { exp: SECONDS - 61 }],
    ['no end', { exp: undefined }],
    ['nobody', { sub: undefined }],
  ])('is refused for %s', async (_name, claims) => {
    const reading = read()(await sign(claims), 'n-1');
    await expect(reading).rejects.toMatchObject({ reason: 'refused' });
  });

  it('is refused with the signature of another key, of a key that nobody shows, or of none', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const unsigned = `${part({ alg: 'none' })}.${part(SOUND)}.`;
    for (const token of [
      await sign({}, others),
      await sign({}, others, 'k-2'),
      unsigned,
      'no token',
      '',
      undefined,
    ]) {
      await expect(read()(token, 'n-1')).rejects.toMatchObject({ reason: 'refused' });
    }
  });

  it('cannot be read while the keys cannot be had', async () => {
    const reading = read('http://127.0.0.1:1/keys')(await sign(), 'n-1');
    await expect(reading).rejects.toMatchObject({ reason: 'unavailable' });
  });
});
