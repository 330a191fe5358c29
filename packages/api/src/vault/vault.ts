import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** Keeps secrets where the database cannot read them. */
export interface Vault {
  /** `about` names the row that the secret belongs to: sealed for one, it does not open for another. */
  seal(secret: string, about: string): Buffer;
  /** Undefined where no key opens it. */
  open(sealed: Buffer, about: string): string | undefined;
  isSealedByFirst(sealed: Buffer): boolean;
}

const KEY_BYTES = 32;
const MARK_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM. The first key seals and every key opens, so that a key is replaced by putting the new one before it. What is sealed
 * is: mark of the key, nonce, tag, ciphertext.
 */
export function createVault(keys: readonly Buffer[]): Vault {
  if (keys.length === 0 || keys.some((key) => key.length !== KEY_BYTES)) {
    throw new Error(`A vault needs keys of ${KEY_BYTES} bytes.`);
  }
  const marked = keys.map((key) => ({ key, mark: markOf(key) }));
  const [first] = marked;
  return {
    seal(secret, about) {
      if (first === undefined) throw new Error('A vault needs a key.');
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', first.key, nonce).setAAD(Buffer.from(about));
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Buffer.concat([first.mark, nonce, cipher.getAuthTag(), text]);
    },
    open(sealed, about) {
      const found = marked.find(({ mark }) => mark.equals(sealed.subarray(0, MARK_BYTES)));
      if (found === undefined) return undefined;
      const tagAt = MARK_BYTES + NONCE_BYTES;
      const textAt = tagAt + TAG_BYTES;
      try {
        const decipher = createDecipheriv('aes-256-gcm', found.key, sealed.subarray(MARK_BYTES, tagAt))
          .setAAD(Buffer.from(about))
          .setAuthTag(sealed.subarray(tagAt, textAt));
        return Buffer.concat([decipher.update(sealed.subarray(textAt)), decipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
    isSealedByFirst: (sealed) => first?.mark.equals(sealed.subarray(0, MARK_BYTES)) === true,
  };
}

function markOf(key: Buffer): Buffer {
  return createHash('sha256').update(key).digest().subarray(0, MARK_BYTES);
}
