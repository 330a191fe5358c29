import { describe, expect, it } from '@jest/globals';
import { measurable, obstaclesOn, overflowOf, shiftOf, tabTo } from './support/measure.ts';
import { shopRig } from './support/shop-rig.ts';

const PATIENCE_MS = 60_000;

describe('the shop, for everybody', () => {
  const rig = shopRig();

  it(
    'is used with a keyboard alone',
    async () => {
      const { page, open } = await rig.visit();
      await open('/');
      await tabTo(page, '본문으로 건너뛰기');
      await tabTo(page, '김치 이름이나 설명으로 찾기');
      await page.keyboard.type('파김치');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: '‘파김치’ 찾은 결과' }).waitFor();
      await tabTo(page, '파김치 500g');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: '파김치 500g' }).waitFor();
      await tabTo(page, '파김치 500g, 하나 늘리기');
      await page.keyboard.press('Enter');
      await tabTo(page, '장바구니에 담기');
      await page.keyboard.press('Enter');
      await page.getByText('장바구니에 담았습니다').waitFor();
      await tabTo(page, '장바구니 보기');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: '장바구니' }).waitFor();
      await tabTo(page, '파김치 500g, 하나 줄이기');
      await page.keyboard.press('Enter');
      await page.getByRole('status').filter({ hasText: '합계 9,900원' }).waitFor();
      await tabTo(page, '주문하고 결제하기');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: '토스페이먼츠 결제 창' }).waitFor();
      await tabTo(page, '결제하기');
      await page.keyboard.press('Enter');
      await page.getByRole('status').filter({ hasText: '결제되었습니다' }).waitFor();
      await tabTo(page, '결제 취소하고 돌려받기');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.getByText(/만에 정산되었습니다/).waitFor();
    },
    PATIENCE_MS,
  );

  it.each([
    ['a phone of 360 px', 360],
    ['a wide screen', 1200],
  ])(
    'puts nothing in anybody’s way on %s',
    async (_what, width) => {
      const visitor = await rig.visit({
        bypassCSP: true,
        viewport: { width, height: 740 },
      });
      const { context, page, open, buy, putInCart } = visitor;
      await measurable(context);
      const seen: Record<string, { obstacles: string[]; overflow: number; hasJumped: boolean }> = {};
      const look = async (name: string, { isLoaded = true } = {}) => {
        seen[name] = {
          obstacles: await obstaclesOn(page),
          overflow: await overflowOf(page),
          hasJumped: isLoaded && (await shiftOf(page)) >= 0.1,
        };
      };
      for (const [name, path] of [
        ['list', '/'],
        ['found nothing', '/?q=pizza'],
        ['log-in', '/log-in'],
        ['payment window gone by', '/pay'],
        ['nowhere', '/nowhere'],
      ] as const) {
        await open(path);
        await look(name);
      }
      expect(visitor.complaints.splice(0)).toEqual([expect.stringMatching(/404 .*nowhere/)]);
      await open('/kimchi/1');
      await page.getByText('출처: 네이버 쇼핑').waitFor();
      await page.getByText(/^\d+곳 가운데 싼 10곳/).click();
      await look('kimchi');
      const orderId = await buy('동치미 2kg');
      await page.getByText(/만에 정산되었습니다/).waitFor();
      await page.getByText('분개 1건 보기').click();
      // Since its page was loaded, one screen has followed another, which is no jump.
      await look('order', { isLoaded: false });
      await open(`/orders/${orderId}`);
      await page.getByText(/만에 정산되었습니다/).waitFor();
      await look('order, once more');
      await putInCart('열무김치 1kg');
      await open('/cart');
      await look('cart');
      await page.getByRole('button', { name: '열무김치 1kg 빼기' }).click();
      await page.getByText('장바구니가 비어 있습니다').waitFor();
      await look('empty cart');
      await open('/orders');
      await look('orders');
      const nothing = { obstacles: [], overflow: 0, hasJumped: false };
      expect(seen).toEqual(Object.fromEntries(Object.keys(seen).map((name) => [name, nothing])));
    },
    2 * PATIENCE_MS,
  );

  it(
    'keeps one cart in two tabs, and says so in the one that comes too late',
    async () => {
      const visitor = await rig.visit();
      const { context, page, open, logIn, putInCart, order } = visitor;
      await logIn('카카오', '서연');
      await putInCart('섞박지 2kg');
      await open('/cart');
      const other = await context.newPage();
      await other.goto(`${rig.system.apiUrl}/kimchi/8`);
      await other.getByRole('button', { name: '장바구니에 담기' }).click();
      await other.getByRole('link', { name: '장바구니, 2 개' }).waitFor();
      await page.getByRole('button', { name: '섞박지 2kg, 하나 늘리기' }).click();
      await page.getByRole('status').filter({ hasText: '합계 47,700원' }).waitFor();
      await page.getByText('파김치 500g').waitFor();

      await other.goto(`${rig.system.apiUrl}/cart`);
      await other.getByRole('button', { name: '주문하고 결제하기' }).waitFor();
      await order();
      await other.getByRole('button', { name: '주문하고 결제하기' }).click();
      await other.getByText('장바구니가 비어 있습니다. 먼저 김치를 담아 주세요.').waitFor();
      await other.getByRole('link', { name: '김치 보러 가기' }).waitFor();
      expect(visitor.complaints.splice(0)).toEqual([expect.stringMatching(/409 .*check-out/)]);
    },
    PATIENCE_MS,
  );

  it(
    'compares with what is known when the price source fails, and says how old that is',
    async () => {
      await rig.system.service('api').stop();
      await rig.system.start('api', { PRICE_FRESH_MS: '0' });
      const visitor = await rig.visit();
      const { page, open } = visitor;
      await open('/kimchi/1');
      await page.getByText('출처: 네이버 쇼핑').waitFor();
      await failPrices(rig.system.sandboxUrl);
      await open('/kimchi/1');
      await page.getByText(/가격 출처가 지금 답하지 않아 \d+초 전에 확인한 가격을 보여 드립니다/).waitFor();
      await page.getByText('다른 곳 최저가').waitFor();
      await open('/kimchi/6');
      await page.getByText(/가격 출처가 지금 답하지 않아 우리 몰의 다른 판매자와 비교했습니다/).waitFor();
      await page.getByRole('button', { name: '장바구니에 담기' }).click();
      await page.getByText('장바구니에 담았습니다').waitFor();
    },
    PATIENCE_MS,
  );

  it(
    'says in plain words when the service is away, and goes on when it is back',
    async () => {
      const visitor = await rig.visit();
      const { page, open } = visitor;
      await open('/');
      await rig.system.service('api').stop();
      await page.getByRole('link', { name: '묵은지', exact: true }).click();
      await page.getByRole('alert').filter({ hasText: '가게에 닿지 않습니다' }).waitFor();
      await rig.system.start('api');
      await page.getByRole('button', { name: '다시 해 보기' }).click();
      await page.getByRole('link', { name: '묵은지 2kg' }).waitFor();
      const complaints = visitor.complaints.splice(0);
      expect(complaints.length).toBeGreaterThan(0);
      expect(complaints.filter((one) => !one.includes('ERR_CONNECTION_REFUSED'))).toEqual([]);
    },
    PATIENCE_MS,
  );

  it(
    'speaks the language that the browser asks for, and another when told',
    async () => {
      const { page, open } = await rig.visit({ locale: 'en-GB' });
      await open('/');
      await page.getByRole('heading', { name: 'Kimchi of today' }).waitFor();
      expect(await page.getAttribute('html', 'lang')).toBe('en');
      await page.getByRole('button', { name: '한국어' }).click();
      await page.getByRole('heading', { name: '오늘의 김치' }).waitFor();
      await open('/cart');
      await page.getByRole('heading', { name: '장바구니' }).waitFor();
      expect(await page.getAttribute('html', 'lang')).toBe('ko');
    },
    PATIENCE_MS,
  );
});

async function failPrices(sandboxUrl: string): Promise<void> {
  const fault = { route: 'shop-search', status: 500, times: 'always' };
  const { status } = await fetch(`${sandboxUrl}/sandbox/faults`, {
    method: 'POST',
    body: JSON.stringify(fault),
  });
  expect(status).toBe(201);
}
