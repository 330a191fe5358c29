import type { Logger } from 'pino';
import type { Breaker } from '../breaker/breaker.ts';
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
  /** By the names under which they are shown. */
  readonly breakers: Readonly<Record<string, Breaker>>;
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
  const breakers = {
    toss_confirms: toss.breakers.confirms,
    toss_look_ups: toss.breakers.lookUps,
    toss_cancels: cancels.breakers.cancels,
    toss_cancel_look_ups: cancels.breakers.lookUps,
  };
  for (const [name, breaker] of Object.entries(breakers)) tellOf(name, breaker, log);
  const window = config.sandboxUrl === undefined ? undefined : sandboxWindow({ baseUrl: config.sandboxUrl });
  return {
    provider: seams.provider ?? toss,
    cancels: seams.cancels ?? cancels,
    openPaymentWindow: window?.open,
    breakers,
    close() {
      toss.close();
      cancels.close();
      window?.close();
    },
  };
}

function tellOf(name: string, breaker: Breaker, log: Logger): void {
  breaker.onStateChange(({ from, to, reason, counts }) => {
    const facts = { breaker: name, from, to, reason, ...counts };
    if (to === 'open') log.warn(facts, 'The payment provider is left alone');
    else log.info(facts, 'The payment provider is tried again');
  });
}
