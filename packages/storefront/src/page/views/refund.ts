import { newIdempotencyKey, type Schemas } from '@jangbu/client';
import { api } from '../api.ts';
import { h } from '../dom.ts';
import { notice } from '../notice.ts';
import { problemText } from '../problem-text.ts';
import { won } from '../text/format.ts';
import { t } from '../text/language.ts';

/** How long an open cancel is given before its order is shown again. */
const LOOK_AGAIN_MS = 2_500;

/** Gives back what is left of a payment, after asking once more: a second click must not be one too many. */
export function refundButton(
  { paymentKey, amount: paid, refunded }: Schemas['Payment'],
  { reload, signal }: { readonly reload: () => void; readonly signal: AbortSignal },
): HTMLElement {
  const text = t();
  const key = newIdempotencyKey();
  const amount = won(paid - refunded);
  const dialog = h(
    'dialog',
    { 'aria-label': text.refund },
    h('p', {}, text.refundAsk(amount)),
    h(
      'form',
      { method: 'dialog', class: 'actions' },
      h('button', { value: 'yes' }, text.refundYes),
      h('button', { value: 'no', class: 'quiet' }, text.keep),
    ),
  );
  const button = h(
    'button',
    { type: 'button', class: 'quiet', on: { click: () => dialog.showModal() } },
    text.refund,
  );
  dialog.addEventListener('close', () => {
    if (dialog.returnValue === 'yes') void refund();
  });

  async function refund(): Promise<void> {
    button.disabled = true;
    try {
      const { status } = await api.send('post', '/api/payments/{paymentKey}/cancel', {
        params: { paymentKey },
        body: { cancelReason: text.refundReason },
        idempotencyKey: key,
      });
      notice(status === 202 ? text.refundOpen : text.refunded(amount));
      if (status === 202) await new Promise((wake) => setTimeout(wake, LOOK_AGAIN_MS));
    } catch (error) {
      notice(problemText(error));
    }
    if (!signal.aborted) reload();
  }
  return h('div', {}, button, dialog);
}
