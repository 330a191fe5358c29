import type { Logger } from 'pino';
import type { ApiConfig } from '../config.ts';
import { tossPaymentsClient } from '../toss-payments/client.ts';
import { sandboxWindow } from '../toss-payments/sandbox-window.ts';
import type { PaymentProvider } from './payment-provider.ts';
import type { OpenPaymentWindow } from './payment-routes.ts';

export interface ProviderConnections {
  readonly provider: PaymentProvider;
  /** Only in sandbox mode. */
  readonly openPaymentWindow: OpenPaymentWindow | undefined;
  close(): void;
}

/** TossPayments as the configuration names it, and the sandbox's payment window where there is a sandbox. */
export function connectProvider(
  config: ApiConfig,
  seams: { log: Logger; clock: () => Date; provider?: PaymentProvider | undefined },
): ProviderConnections {
  const { log, clock } = seams;
  const toss = tossPaymentsClient({
    baseUrl: config.tossBaseUrl,
    secretKey: config.tossSecretKey,
    log,
    clock,
  });
  const window = config.sandboxUrl === undefined ? undefined : sandboxWindow({ baseUrl: config.sandboxUrl });
  return {
    provider: seams.provider ?? toss,
    openPaymentWindow: window?.open,
    close() {
      toss.close();
      window?.close();
    },
  };
}
