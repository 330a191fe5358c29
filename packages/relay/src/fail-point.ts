/**
 * Kills this process on the spot, as a power cut would, when the environment names this point: for tests that prove what a
 * crash between two statements leaves behind. Does nothing outside sandbox mode.
 */
export function failPoint(name: 'relay.received' | 'relay.applied'): void {
  if (process.env.JANGBU_FAIL_POINT === name && process.env.JANGBU_MODE !== 'production')
    process.kill(process.pid, 'SIGKILL');
}
