/** Places where a test can kill the process, to prove that what was begun is finished by whoever comes next. */
export type FailPointName = 'payment.claimed' | 'payment.approved' | 'payment.committed';

export const FAIL_POINTS: readonly FailPointName[] = [
  'payment.claimed',
  'payment.approved',
  'payment.committed',
];

export type FailPoint = (name: FailPointName) => void;

/** Kills this process where the named point is passed: SIGKILL, so that nothing is tidied up. Unarmed, it does nothing. */
export function failPointAt(armed: FailPointName | undefined): FailPoint {
  if (armed === undefined) return () => {};
  return (name) => {
    if (name === armed) process.kill(process.pid, 'SIGKILL');
  };
}
