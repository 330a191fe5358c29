import type { Logger } from 'pino';
import type { CancelProvider } from '../cancels/cancel-provider.ts';
import type { ApiConfig } from '../config.ts';
import { tossCancelClient } from '../toss-payments/cancel-client.ts';
import { tossPaymentsClient } from '../toss-payments/client.ts';
import { sandboxWindow } from '../toss-payments/sandbox-window.ts';
import type { PaymentProvider } from './payment-provider.ts';
import type { OpenPaymentWindow } from './payment-routes.ts';

export interface ProviderConnections {
  readonly provider: PaymentProvider;
  readonly cancels: CancelProvider;
  /** Only in sandbox mode. */
  readonly openPaymentWindow: OpenPaymentWindow | undefined;
  close(): void;
}

/** TossPayments as the configuration names it, and the sandbox's payment window where there is a sandbox. */
export function connectProvider(
  config: ApiConfig,
  seams: {
    log: Logger;
    clock: () => Date;
    provider?: PaymentProvider | undefined;
    cancels?: CancelProvider | undefined;
  },
): ProviderConnections {
  const { log, clock } = seams;
  const { tossBaseUrl: baseUrl, tossSecretKey: secretKey } = config;
  const toss = tossPaymentsClient({ baseUrl, secretKey, log, clock });
  const cancels = tossCancelClient({ baseUrl, secretKey, log });
  const window = config.sandboxUrl === undefined ? undefined : sandboxWindow({ baseUrl: config.sandboxUrl });
  return {
    provider: seams.provider ?? toss,
    cancels: seams.cancels ?? cancels,
    openPaymentWindow: window?.open,
    close() {
      toss.close();
      cancels.close();
      window?.close();
    },
  };
}
