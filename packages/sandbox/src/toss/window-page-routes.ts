import { type ApiAnswer, type ApiRequest, fieldsOf, type Route } from '../http/exchange.ts';
import { redirect } from '../log-in/consent.ts';
import { windowSchema } from './requests.ts';
import { openWindow, type TossPaymentsContext } from './toss-payments.ts';
import { CARDS, windowErrorPage, windowPage } from './window-page.ts';
import { type WindowVisit, windowVisitSchema } from './window-visit.ts';

const PATH = '/sandbox/toss/window';

/**
 * The payment window for a browser. As the provider's, it sends the buyer back to `successUrl` with paymentKey, orderId and amount, or
 * to `failUrl` with code and message; nothing is charged before the shop confirms.
 */
export function windowPageRoutes(context: TossPaymentsContext): Route[] {
  return [
    { method: 'GET', path: PATH, handle: (request) => withVisit(request, show) },
    {
      method: 'POST',
      path: PATH,
      handle: (request) => withVisit(request, (visit) => decide(context, visit, fieldsOf(request))),
    },
  ];
}

function withVisit(request: ApiRequest, answer: (visit: WindowVisit) => ApiAnswer): ApiAnswer {
  const parsed = windowVisitSchema.safeParse(fieldsOf(request));
  if (parsed.success) return answer(parsed.data);
  const [issue] = parsed.error.issues;
  const page = windowErrorPage(`잘못된 요청입니다. (${issue?.path.join('.')}: ${issue?.message})`);
  return { status: 400, body: undefined, page };
}

function show(visit: WindowVisit): ApiAnswer {
  return { status: 200, body: undefined, page: windowPage({ action: PATH, visit }) };
}

function decide(
  context: TossPaymentsContext,
  { orderId, orderName, amount, successUrl, failUrl }: WindowVisit,
  { card, decision }: Readonly<Record<string, string>>,
): ApiAnswer {
  if (decision !== 'agree') {
    return redirect(failUrl, {
      code: 'PAY_PROCESS_CANCELED',
      message: '사용자가 결제를 취소하였습니다',
      orderId,
    });
  }
  const { method, refuseWith } = CARDS.find(({ key }) => key === card) ?? CARDS[0];
  const opened = openWindow(context, windowSchema.parse({ orderId, orderName, amount, method, refuseWith }));
  if (opened.opened === 'conflict') throw new Error('A fresh paymentKey was in use.');
  const { paymentKey } = opened.payment;
  return redirect(successUrl, { paymentType: 'NORMAL', orderId, paymentKey, amount: String(amount) });
}
