import { splitTax } from './amounts.ts';
import { koreaTime } from './korea-time.ts';
import { balanceOf, type Cancel, type Payment, statusAt, taxFreeBalanceOf } from './payment.ts';

const VERSION = '2022-11-16';
const MERCHANT_ID = 'jangbu-sandbox';
const EXPIRED = { code: 'EXPIRED_PAYMENT', message: '결제가 만료되었습니다. 다시 시도해주세요.' };

/** The provider's Payment object, with every field of its version. Tax is told of what is left, as the provider does. */
export function paymentView(payment: Payment, now: Date): Record<string, unknown> {
  const status = statusAt(payment, now);
  const balanceAmount = balanceOf(payment);
  const receipt = {
    url: `https://dashboard.tosspayments.com/receipt/redirection?transactionId=${payment.paymentKey}`,
  };
  return {
    mId: MERCHANT_ID,
    lastTransactionKey: payment.lastTransactionKey,
    paymentKey: payment.paymentKey,
    orderId: payment.orderId,
    orderName: payment.orderName,
    taxExemptionAmount: 0,
    status,
    requestedAt: koreaTime(payment.authenticatedAt),
    approvedAt: payment.approvedAt === null ? null : koreaTime(payment.approvedAt),
    useEscrow: false,
    cultureExpense: false,
    ...methodViews(payment),
    cashReceipt: null,
    cashReceipts: null,
    discount: null,
    cancels: payment.cancels.length === 0 ? null : payment.cancels.map(cancelView),
    secret: 'ps_sandbox',
    type: 'NORMAL',
    country: 'KR',
    failure: status === 'EXPIRED' ? EXPIRED : payment.failure,
    isPartialCancelable: true,
    metadata: null,
    receipt: payment.approvedAt === null ? null : receipt,
    checkout: { url: `https://api.tosspayments.com/v1/payments/${payment.paymentKey}/checkout` },
    currency: 'KRW',
    totalAmount: payment.totalAmount,
    balanceAmount,
    ...splitTax(balanceAmount, taxFreeBalanceOf(payment)),
    method: payment.method,
    version: VERSION,
  };
}

/** Of these only the one that was paid with is an object. */
function methodViews(payment: Payment): Record<string, unknown> {
  const views = {
    card: null,
    virtualAccount: null,
    transfer: null,
    mobilePhone: null,
    giftCertificate: null,
    easyPay: null,
  };
  switch (payment.method) {
    case '카드':
      return { ...views, card: cardView(payment.totalAmount) };
    case '가상계좌':
      return { ...views, virtualAccount: virtualAccountView(payment) };
    case '계좌이체':
      return { ...views, transfer: { bankCode: '88', settlementStatus: 'INCOMPLETED' } };
    case '휴대폰':
      return {
        ...views,
        mobilePhone: { customerMobilePhone: null, settlementStatus: 'INCOMPLETED', receiptUrl: null },
      };
    case '상품권':
      return { ...views, giftCertificate: { approveNo: '00000000', settlementStatus: 'INCOMPLETED' } };
    case '간편결제':
      return { ...views, easyPay: { provider: '토스페이', amount: payment.totalAmount, discountAmount: 0 } };
  }
}

function cardView(amount: number): Record<string, unknown> {
  return {
    issuerCode: '71',
    acquirerCode: '71',
    number: '12345678****000*',
    installmentPlanMonths: 0,
    isInterestFree: false,
    interestPayer: null,
    approveNo: '00000000',
    useCardPoint: false,
    cardType: '신용',
    ownerType: '개인',
    acquireStatus: 'READY',
    amount,
  };
}

function virtualAccountView({ customerName, authenticatedAt }: Payment): Record<string, unknown> {
  return {
    accountType: '일반',
    accountNumber: 'X6505636518308',
    bankCode: '20',
    customerName,
    dueDate: koreaTime(new Date(authenticatedAt.getTime() + 7 * 24 * 60 * 60 * 1000)),
    refundStatus: 'NONE',
    expired: false,
    settlementStatus: 'INCOMPLETED',
    refundReceiveAccount: null,
  };
}

function cancelView(cancel: Cancel): Record<string, unknown> {
  return {
    transactionKey: cancel.transactionKey,
    cancelReason: cancel.cancelReason,
    taxExemptionAmount: 0,
    canceledAt: koreaTime(cancel.canceledAt),
    transferDiscountAmount: 0,
    easyPayDiscountAmount: 0,
    receiptKey: null,
    cancelAmount: cancel.cancelAmount,
    taxFreeAmount: cancel.taxFreeAmount,
    refundableAmount: cancel.refundableAmount,
    cancelStatus: 'DONE',
    cancelRequestId: null,
  };
}
