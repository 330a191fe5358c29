import { readRelayConfig } from './config.ts';
import { openLog } from './log.ts';
import { muteKafkajsTimerWarning } from './sources/kafkajs-warning.ts';
import { startRelay } from './start-relay.ts';

muteKafkajsTimerWarning();
try {
  const config = readRelayConfig(process.env);
  const log = openLog(config.logLevel);
  const relay = await startRelay(config, log);
  log.info({ source: config.source.kind, health: relay.healthUrl }, 'relay started');
  const stop = async (signal: string) => {
    log.info({ signal }, 'stopping after the batch in hand');
    await relay.stop();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(signal));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
