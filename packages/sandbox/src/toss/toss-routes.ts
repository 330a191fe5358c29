import { answerOfFault } from '../faults/answer-of-fault.ts';
import type { Fault, FaultTarget } from '../faults/fault.ts';
import type { Faults } from '../faults/faults.ts';
import { type ApiAnswer, type ApiRequest, DROPPED, headerOf, type Route } from '../http/exchange.ts';
import { authorize } from './authorization.ts';
import { errorAnswer, isTossErrorCode } from './errors.ts';
import { decideIdempotency } from './idempotency.ts';
import type { Payment } from './payment.ts';
import { paymentView } from './payment-view.ts';
import type { RememberedRequests } from './remembered-requests.ts';
import { cancelSchema, confirmSchema, windowSchema } from './requests.ts';
import { cancel, confirm, openWindow, type Result, type TossPaymentsContext } from './toss-payments.ts';

export interface TossRoutesContext extends TossPaymentsContext {
  readonly faults: Faults;
  readonly remembered: RememberedRequests<Result>;
  readonly wait: (ms: number) => Promise<void>;
}

/** One call of the provider's API: what faults go by, and the work that it asks for. */
interface Call {
  readonly target: FaultTarget;
  readonly work: () => Result;
}

export function tossRoutes(context: TossRoutesContext): Route[] {
  const { payments } = context;
  const route = (method: 'GET' | 'POST', path: string, callOf: (request: ApiRequest) => Call): Route => ({
    method,
    path,
    handle: (request) => answerCall(context, request, callOf(request)),
  });
  return [
    route('POST', '/v1/payments/confirm', (request) => {
      const parsed = confirmSchema.safeParse(request.body);
      return {
        target: { route: 'confirm', paymentKey: parsed.data?.paymentKey, orderId: parsed.data?.orderId },
        work: () => {
          if (!parsed.success) return { refusal: 'INVALID_REQUEST' };
          // Whether the key is another payment's is for the confirm to say.
          if (isAgreedToOnTheWay(request)) openWindow(context, windowSchema.parse(parsed.data));
          return confirm(context, parsed.data);
        },
      };
    }),
    route('GET', '/v1/payments/:paymentKey', ({ params }) => {
      const payment = payments.find(params['paymentKey'] ?? '');
      return { target: targetOf('get', payment, params), work: () => found(payment) };
    }),
    route('GET', '/v1/payments/orders/:orderId', ({ params }) => {
      const payment = payments.findByOrder(params['orderId'] ?? '');
      return { target: targetOf('get', payment, params), work: () => found(payment) };
    }),
    route('POST', '/v1/payments/:paymentKey/cancel', ({ params, body }) => {
      const paymentKey = params['paymentKey'] ?? '';
      const parsed = cancelSchema.safeParse(body);
      return {
        target: targetOf('cancel', payments.find(paymentKey), params),
        work: () =>
          parsed.success ? cancel(context, paymentKey, parsed.data) : { refusal: 'INVALID_REQUEST' },
      };
    }),
  ];
}

async function answerCall(
  context: TossRoutesContext,
  request: ApiRequest,
  { target, work }: Call,
): Promise<ApiAnswer | typeof DROPPED> {
  const authorization = authorize(headerOf(request, 'authorization'));
  if (!authorization.isAllowed) return errorAnswer(authorization.code);
  const fault = context.faults.strike(target);
  if (fault !== undefined && isBeforeWork(fault)) {
    await context.wait(fault.latencyMs);
    return fault.dropAnswer === 'before' ? DROPPED : (answerOfFault(fault, tossErrorOf) ?? DROPPED);
  }
  const result = await processOnce(context, request, authorization.secretKey, fault?.latencyMs ?? 0, () =>
    withTestCode(request, work),
  );
  if (fault?.dropAnswer === 'after') return DROPPED;
  const ordered = fault === undefined ? undefined : answerOfFault(fault, tossErrorOf);
  if (ordered !== undefined) return ordered;
  if ('refusal' in result) return errorAnswer(result.refusal);
  return { status: 200, body: paymentView(result.payment, context.clock()) };
}

/** Only a POST is idempotent by key: the provider ignores the header on anything else. */
async function processOnce(
  context: TossRoutesContext,
  request: ApiRequest,
  secretKey: string,
  latencyMs: number,
  work: () => Result,
): Promise<Result> {
  const key = request.method === 'POST' ? headerOf(request, 'idempotency-key') : undefined;
  if (key === undefined || key === '') {
    if (latencyMs > 0) await context.wait(latencyMs);
    return work();
  }
  const scope = `${key}\n${secretKey}\n${request.method} ${request.path}`;
  const decided = decideIdempotency(key, context.remembered.find(scope), context.clock());
  if (decided.decision === 'refuse') return { refusal: decided.code };
  if (decided.decision === 'replay') return decided.answer;
  context.remembered.begin(scope, context.clock());
  try {
    if (latencyMs > 0) await context.wait(latencyMs);
    const result = work();
    context.remembered.finish(scope, result);
    return result;
  } catch (error) {
    context.remembered.forget(scope);
    throw error;
  }
}

/** What the provider does not have: its buyer agrees in the payment window at the very moment of the confirm. */
function isAgreedToOnTheWay(request: ApiRequest): boolean {
  return headerOf(request, 'jangbu-sandbox-window') === 'agreed';
}

/** `TossPayments-Test-Code` forces its error, and the payment is not touched. */
function withTestCode(request: ApiRequest, work: () => Result): Result {
  const code = headerOf(request, 'tosspayments-test-code');
  if (code === undefined || code === '') return work();
  return { refusal: isTossErrorCode(code) ? code : 'INVALID_REQUEST' };
}

function isBeforeWork(fault: Fault): boolean {
  const { dropAnswer, status, garble, afterWork } = fault;
  return dropAnswer === 'before' || ((status ?? garble) !== undefined && !afterWork);
}

function tossErrorOf(status: number, code: string): ApiAnswer {
  return { status, body: isTossErrorCode(code) ? errorAnswer(code).body : { code, message: code } };
}

function targetOf(
  route: FaultTarget['route'],
  payment: Payment | undefined,
  params: ApiRequest['params'],
): FaultTarget {
  return {
    route,
    paymentKey: payment?.paymentKey ?? params['paymentKey'],
    orderId: payment?.orderId ?? params['orderId'],
  };
}

function found(payment: Payment | undefined): Result {
  return payment === undefined ? { refusal: 'NOT_FOUND_PAYMENT' } : { payment };
}
