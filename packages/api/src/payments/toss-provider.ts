import type { Logger } from 'pino';
import type { Breaker } from '../breaker/breaker.ts';
import type { CancelProvider } from '../cancels/cancel-provider.ts';
import type { ApiConfig } from '../config.ts';
import { tossCancelClient } from '../toss-payments/cancel-client.ts';
import { tossPaymentsClient } from '../toss-payments/client.ts';
import type { PaymentProvider } from './payment-provider.ts';

export interface ProviderConnections {
  readonly provider: PaymentProvider;
  readonly cancels: CancelProvider;
  /** The same provider, whose buyer agrees in the payment window when a confirm comes. Only in sandbox mode. */
  readonly agreeingProvider: PaymentProvider | undefined;
  /** By the names under which they are shown. */
  readonly breakers: Readonly<Record<string, Breaker>>;
  close(): void;
}

/** TossPayments as the configuration names it. */
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
  const agreeing: PaymentProvider = {
    lookUp: toss.lookUp,
    confirm: (payment) => toss.confirm({ ...payment, agreesInWindow: true }),
  };
  return {
    provider: seams.provider ?? toss,
    cancels: seams.cancels ?? cancels,
    agreeingProvider: config.sandboxUrl === undefined ? undefined : (seams.provider ?? agreeing),
    breakers,
    close() {
      toss.close();
      cancels.close();
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
