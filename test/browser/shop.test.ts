import { describe, expect, it } from '@jest/globals';
import { shopRig } from './support/shop-rig.ts';

const PATIENCE_MS = 60_000;

describe('the shop', () => {
  const rig = shopRig();

  it(
    'leads from the log-in over search, comparison, cart and payment to the settled order, and gives the money back',
    async () => {
      const { page, logIn, putInCart, order, decide } = await rig.visit();
      await logIn('네이버', '민준');
      await putInCart('포기김치 1kg');
      await page.getByText('다른 곳 최저가').waitFor();
      await page.getByText('출처: 네이버 쇼핑').waitFor();

      await page.getByRole('link', { name: '장바구니 보기' }).click();
      await page.getByRole('button', { name: '포기김치 1kg, 하나 늘리기' }).click();
      await page.getByRole('status').filter({ hasText: '합계 28,000원' }).waitFor();
      await page.getByRole('link', { name: '장바구니, 2 개' }).waitFor();
      await order();
      expect(await page.getByText('28,000원').count()).toBe(1);
      await decide('간편결제', '결제하기');

      await page.getByRole('status').filter({ hasText: '결제되었습니다' }).waitFor();
      await page.getByText(/결제 후 [\d.]+초 만에 정산되었습니다/).waitFor();
      await page.getByText('분개 1건, Debezium과 Kafka를 거쳐').waitFor();
      expect(await page.getByText('간편결제').count()).toBe(1);
      // A buyer is shown neither fees nor wallets.
      expect(await page.getByText('분개 1건 보기').count()).toBe(0);
      await page.getByRole('link', { name: '장바구니', exact: true }).waitFor();

      await page.getByRole('button', { name: '결제 취소하고 돌려받기' }).click();
      await page.getByRole('dialog').getByText('28,000원을 모두 돌려받을까요?').waitFor();
      await page.getByRole('button', { name: '그대로 두기' }).click();
      await page.getByRole('button', { name: '결제 취소하고 돌려받기' }).click();
      await page.getByRole('button', { name: '돌려받기', exact: true }).click();
      await page.getByRole('status').filter({ hasText: '취소되었습니다' }).waitFor();
      await page.getByText('결제 취소', { exact: true }).waitFor();
      await page.getByText(/만에 정산되었습니다/).waitFor();

      await page.getByRole('link', { name: '내 주문' }).click();
      await page.getByRole('link', { name: '포기김치 1kg' }).waitFor();
      await page.getByText('취소되었습니다').waitFor();
      await page.getByRole('button', { name: '로그아웃' }).click();
      await page.getByRole('link', { name: '로그인' }).waitFor();
    },
    PATIENCE_MS,
  );

  it(
    'lets whoever keeps the books see the entries and the wallets',
    async () => {
      // Without a log-in one is the sandbox's own member, who may everything.
      const { page, open, buy } = await rig.visit();
      await open('/');
      await buy('깍두기 1kg');
      await page.getByText('분개 1건 보기').click();
      await page.getByRole('cell', { name: 'liabilities:sellers:2:pending' }).waitFor();
      await page.getByRole('heading', { name: '판매자 지갑' }).waitFor();
      await page.getByText('정산 예정 10,395원').waitFor();
    },
    PATIENCE_MS,
  );

  it(
    'charges nothing when the buyer leaves the payment window, or the card is refused, and lets them pay again',
    async () => {
      const visitor = await rig.visit();
      const { page, open, putInCart, order, decide } = visitor;
      await open('/');
      await putInCart('총각김치 1kg');
      await order();
      await decide('카드', '취소');
      await page.getByRole('alert').filter({ hasText: '돈은 빠져나가지 않았고' }).waitFor();

      await page.getByRole('button', { name: '12,500원 결제하기' }).click();
      await page.getByLabel('거절되는 카드').check();
      await page.getByRole('button', { name: '결제하기' }).click();
      await page.getByRole('alert').filter({ hasText: '카드사가 결제를 거절했습니다' }).waitFor();
      // A browser writes each answer of 4xx to the console.
      expect(visitor.complaints.splice(0)).toEqual([expect.stringMatching(/402 .*payments\/confirm/)]);

      await page.getByRole('link', { name: '주문', exact: true }).click();
      await page.getByRole('button', { name: '12,500원 결제하기' }).click();
      await decide('카드', '결제하기');
      await page.getByRole('status').filter({ hasText: '결제되었습니다' }).waitFor();
    },
    PATIENCE_MS,
  );

  it(
    'calls off an order that was not paid',
    async () => {
      const { page, open, putInCart, order, decide } = await rig.visit();
      await open('/');
      await putInCart('3년 묵은지 1kg');
      await order();
      await decide('카드', '취소');
      await page.getByRole('button', { name: '주문 취소' }).click();
      await page.getByText('취소되었습니다', { exact: true }).waitFor();
    },
    PATIENCE_MS,
  );
});
