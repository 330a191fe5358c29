import { isMysqlError } from '@jangbu/ledger-core';

/** A claim that was lost to another, which then let go of what it had, is tried again, but not for ever. */
export const CLAIM_ATTEMPTS = 5;

/** How soon recovery looks at what the provider did not say. */
const LOOK_UP_SOON_MS = 1_000;

/** Whether the claim was had; another that came first is no error. */
export async function isHad(claiming: Promise<boolean>): Promise<boolean> {
  try {
    return await claiming;
  } catch (error) {
    // Twins that claim at once can also deadlock on each other's index entries: one of them has then won.
    if (isMysqlError(error, 'duplicateKey') || isMysqlError(error, 'deadlock')) return false;
    throw error;
  }
}

/** When recovery shall look at it instead: soon, and never later than it would have. */
export function lookUpAt(recoverAt: Date, now: Date): Date {
  return new Date(Math.min(recoverAt.getTime(), now.getTime() + LOOK_UP_SOON_MS));
}
