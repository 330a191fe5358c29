import type { ApiConfig } from '../config.ts';
import type { PaymentProvider } from './payment-provider.ts';
import type { OpenPaymentWindow } from './payment-routes.ts';

export function tossPayments(_config: ApiConfig): {
  provider: PaymentProvider;
  openPaymentWindow?: OpenPaymentWindow;
} {
  throw new Error('not yet');
}
