import { describe, expect, it } from '@jest/globals';
import { assertDigest } from './digest.ts';

const BYTES = new TextEncoder().encode('jangbu');
const DIGEST = '4bb87b4dc2286815f550c8f585016821855f33516c328b5a84fdbcc361fe0e61';

describe('assertDigest', () => {
  it('lets the pinned bytes pass', () => {
    expect(() => assertDigest('plugin.tar.gz', BYTES, DIGEST)).not.toThrow();
  });

  it('refuses other bytes, and names the file and both digests', () => {
    const tampered = BYTES.with(0, 1);
    expect(() => assertDigest('plugin.tar.gz', tampered, DIGEST)).toThrow(
      /^plugin\.tar\.gz has SHA-256 [0-9a-f]{64}, and stack\/versions\.json pins [0-9a-f]{64}$/,
    );
  });

  it('refuses what is pinned nowhere', () => {
    expect(() => assertDigest('plugin.tar.gz', BYTES, undefined)).toThrow(/pins none$/);
  });
});
