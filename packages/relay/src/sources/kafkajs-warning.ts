/**
 * Keeps one warning of kafkajs' out of the log. Its request queue looks again after `throttledUntil - now` ms, where throttledUntil
 * is -1 until a broker throttles it (kafkajs/src/network/requestQueue, scheduleCheckPendingRequests): Node sets such a negative
 * time-out to 1 ms, which is what kafkajs lives with, and since version 24 it warns of it. No option of kafkajs' changes it.
 */
export function muteKafkajsTimerWarning(): void {
  const printers = process.listeners('warning');
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    if (isKafkajsTimerWarning(warning)) return;
    for (const print of printers) print(warning);
  });
}

/** By its stack, because a negative time-out anywhere else is a mistake to be seen. */
export function isKafkajsTimerWarning({ name, stack = '' }: Error): boolean {
  return name === 'TimeoutNegativeWarning' && /[\\/]node_modules[\\/]kafkajs[\\/]/.test(stack);
}
