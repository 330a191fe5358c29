/** Places where a test can kill the process, to prove that what was begun is finished by whoever comes next. */
export const FAIL_POINTS = [
  'payment.claimed',
  'payment.approved',
  'payment.committed',
  'cancel.claimed',
  'cancel.approved',
  'cancel.committed',
  'webhook.leased',
  'webhook.sent',
] as const;

export type FailPointName = (typeof FAIL_POINTS)[number];

export type FailPoint = (name: FailPointName) => void;

/** Kills this process where the named point is passed: SIGKILL, so that nothing is tidied up. Unarmed, it does nothing. */
export function failPointAt(armed: FailPointName | undefined): FailPoint {
  if (armed === undefined) return () => {};
  return (name) => {
    if (name === armed) process.kill(process.pid, 'SIGKILL');
  };
}
