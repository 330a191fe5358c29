import { asText } from '../http/as-text.ts';
import { choice, hiddenFields, page } from '../http/page.ts';
import type { WindowVisit } from './window-visit.ts';

const TITLE = '토스페이먼츠 결제 창';
const won = new Intl.NumberFormat('ko-KR');

/** What a buyer of the sandbox can pay with. */
export const CARDS = [
  { key: 'good', label: '카드', method: '카드', refuseWith: null },
  { key: 'easy', label: '간편결제', method: '간편결제', refuseWith: null },
  { key: 'bad', label: '거절되는 카드', method: '카드', refuseWith: 'REJECT_CARD_PAYMENT' },
] as const;

/** Where a buyer of the sandbox pays, in the place of the provider's window. */
export function windowPage({
  action,
  visit,
}: {
  readonly action: string;
  readonly visit: WindowVisit;
}): string {
  return page(
    TITLE,
    `<p>샌드박스입니다. 실제 돈은 빠져나가지 않습니다.</p>
<dl><dt>${asText(visit.orderName)}</dt><dd>${won.format(visit.amount)}원</dd></dl>
<form method="post" action="${action}">
${hiddenFields(visit)}
${choice('결제 수단', 'card', CARDS)}
<button name="decision" value="agree">결제하기</button>
<button name="decision" value="refuse">취소</button>
</form>`,
  );
}

export function windowErrorPage(text: string): string {
  return page(TITLE, `<p>${asText(text)}</p>`);
}
