import { type ConnectorState, connectorState, putConnector, restartFailed } from './connect-rest.ts';
import type { OutboxConnector } from './outbox-connector.ts';

export interface SuperviseOptions {
  readonly connectUrl: string;
  readonly connector: OutboxConnector;
  /** How often to look, in ms. Default 2,000. */
  readonly everyMs?: number;
  onNote?(message: string): void;
}

/**
 * Registers the connector, and goes on looking after it: registers it again where it is missing, and restarts a task that
 * failed, ever more patiently while it goes on failing. Connect down is waited out.
 */
export function superviseConnector({
  connectUrl,
  connector,
  everyMs = 2_000,
  onNote = () => {},
}: SuperviseOptions): { stop(): void } {
  let isStopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isRegistered = false;
  let failures = 0;
  let lastSaid = '';

  async function look(): Promise<void> {
    const state = isRegistered ? await connectorState(connectUrl, connector.name) : undefined;
    if (state !== undefined) say(state);
    if (state === undefined || state.connector === 'MISSING') {
      await putConnector(connectUrl, connector.name, connector.config);
      isRegistered = true;
      onNote('registered');
    } else if (isFailed(state)) {
      failures++;
      await restartFailed(connectUrl, connector.name);
    } else if (state.connector === 'RUNNING') {
      failures = 0;
    }
  }

  function say(state: ConnectorState): void {
    const text = [state.connector, ...state.tasks, state.message ?? ''].join(' ').trim();
    if (text !== lastSaid) onNote(text);
    lastSaid = text;
  }

  async function turn(): Promise<void> {
    await look().catch((error: Error) => {
      if (error.message !== lastSaid) onNote(error.message);
      lastSaid = error.message;
    });
    if (!isStopped)
      timer = setTimeout(() => void turn(), everyMs * Math.min(2 ** Math.max(0, failures - 1), 15));
  }

  void turn();
  return {
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

function isFailed({ connector, tasks }: ConnectorState): boolean {
  return connector === 'FAILED' || tasks.includes('FAILED');
}
