import { randomBytes, randomUUID } from 'node:crypto';

export interface Keys {
  paymentKey(now: Date): string;
  transactionKey(): string;
}

/** Keys that look like the provider's: `tgen_20260301210000Ab3dE6gH`, and 32 upper-case hexadecimal digits. */
export const randomKeys: Keys = {
  paymentKey: (now) =>
    `tgen_${now.toISOString().replace(/\D/g, '').slice(0, 14)}${randomBytes(6).toString('base64url')}`,
  transactionKey: () => randomUUID().replaceAll('-', '').toUpperCase(),
};
