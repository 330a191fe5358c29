import { isLedgerError, type LedgerError } from '../src/errors.ts';

/** The error with which work is refused; anything but a LedgerError fails the test, and so does success. */
export function refusal(work: () => unknown): LedgerError {
  let result: unknown;
  try {
    result = work();
  } catch (error) {
    if (isLedgerError(error)) return error;
    throw error;
  }
  throw new Error(`Nothing was refused; the result is ${String(result)}.`);
}
