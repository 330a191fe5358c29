import { createHmac } from 'node:crypto';
import type { Secrets } from './endpoint.ts';

const SECRET_PREFIX = 'whsec_';

/** A secret as it is shown, once: the form of Standard Webhooks. */
export function showSecret(secret: Buffer): string {
  return SECRET_PREFIX + secret.toString('base64');
}

export interface Message {
  /** The same for every sending of one event. */
  readonly id: string;
  readonly body: string;
}

/**
 * The headers of Standard Webhooks 1.0.0: `v1` is HMAC-SHA256 over id, time of sending and body. While two secrets are valid there are
 * two signatures, of which a receiver needs to know one.
 */
export function signedHeaders({ id, body }: Message, secrets: Secrets, now: Date): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1_000));
  const isOldValid = secrets.old !== null && secrets.oldUntil !== null && now < secrets.oldUntil;
  const valid = isOldValid && secrets.old !== null ? [secrets.secret, secrets.old] : [secrets.secret];
  const signatures = valid.map((secret) => `v1,${sign(secret, `${id}.${timestamp}.${body}`)}`);
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}

function sign(secret: Buffer, content: string): string {
  return createHmac('sha256', secret).update(content).digest('base64');
}
