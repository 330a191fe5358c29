import type { ApiAnswer, ApiRequest, Route } from '../http/exchange.ts';
import { statusAt } from './payment.ts';
import { paymentView } from './payment-view.ts';
import { listSchema, windowSchema } from './requests.ts';
import { openWindow, type TossPaymentsContext } from './toss-payments.ts';

/** What the provider does not have: the payment window without a browser, and a list of everything for audits. */
export function windowRoutes(context: TossPaymentsContext): Route[] {
  const path = '/sandbox/toss/payments';
  return [
    { method: 'POST', path, handle: (request) => open(context, request) },
    { method: 'GET', path, handle: (request) => list(context, request) },
  ];
}

function open(context: TossPaymentsContext, { body }: ApiRequest): ApiAnswer {
  const parsed = windowSchema.safeParse(body);
  if (!parsed.success) return invalid(parsed.error.issues[0]);
  const window = openWindow(context, parsed.data);
  if (window.opened === 'conflict') {
    return {
      status: 409,
      body: {
        code: 'PAYMENT_KEY_USED',
        message: 'This paymentKey was used for another order or amount.',
      },
    };
  }
  return {
    status: window.opened === 'new' ? 201 : 200,
    body: paymentView(window.payment, context.clock()),
  };
}

/** Oldest first. `nextCursor` is absent on the last page. */
function list({ payments, clock }: TossPaymentsContext, { query }: ApiRequest): ApiAnswer {
  const parsed = listSchema.safeParse(Object.fromEntries(query));
  if (!parsed.success) return invalid(parsed.error.issues[0]);
  const { status, cursor, limit } = parsed.data;
  const now = clock();
  const page = payments.page({
    cursor,
    limit,
    accepts: (payment) => status === undefined || statusAt(payment, now) === status,
  });
  return {
    status: 200,
    body: {
      payments: page.payments.map((payment) => paymentView(payment, now)),
      nextCursor: page.nextCursor,
    },
  };
}

function invalid(issue: { path: PropertyKey[]; message: string } | undefined): ApiAnswer {
  const message = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`;
  return { status: 400, body: { code: 'INVALID_REQUEST', message } };
}
