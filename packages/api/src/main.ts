import { readConfig } from './config.ts';
import { startApi } from './start-api.ts';

/** The process: configuration, then the API, until a signal ends it. A second signal ends it at once. */
async function main(): Promise<void> {
  const api = await startApi(readConfig(process.env));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      api.close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
