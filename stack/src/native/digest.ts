import { createHash } from 'node:crypto';

/** @throws Error when the bytes are not those whose SHA-256 stack/versions.json pins, or when it pins none */
export function assertDigest(name: string, bytes: Uint8Array, expected: string | undefined): void {
  const actual = createHash('sha256').update(bytes).digest('hex');
  if (actual !== expected)
    throw new Error(`${name} has SHA-256 ${actual}, and stack/versions.json pins ${expected ?? 'none'}`);
}
