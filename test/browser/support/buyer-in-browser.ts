import type { Page } from 'playwright-core';
import type { System } from '../../support/system.ts';

/** What a person does in the shop, in Korean, by what they see and read. */
export interface Buyer {
  readonly page: Page;
  /** Logs in as somebody of the sandbox: 민준, 서연 or 지호. */
  logIn(provider: '네이버' | '카카오', person: string): Promise<void>;
  open(path: string): Promise<void>;
  putInCart(kimchi: string): Promise<void>;
  /** From the cart into the payment window. */
  order(): Promise<void>;
  decide(card: string, decision: '결제하기' | '취소'): Promise<void>;
  /** Orders one kimchi and pays for it; returns the order's id. */
  buy(kimchi: string): Promise<string>;
}

export function buyerIn(page: Page, { apiUrl }: Pick<System, 'apiUrl'>): Buyer {
  const shown = () => page.locator('#view[aria-busy="false"]').waitFor();
  const buyer: Buyer = {
    page,
    async open(path) {
      await page.goto(apiUrl + path);
      await shown();
    },
    async logIn(provider, person) {
      await buyer.open('/');
      await page.getByRole('link', { name: '로그인' }).click();
      await page.getByRole('link', { name: `${provider}로 로그인` }).click();
      await page.getByLabel(person).check();
      await page.getByRole('button', { name: '동의하고 계속하기' }).click();
      await page.getByRole('button', { name: '로그아웃' }).waitFor();
      await shown();
    },
    async putInCart(kimchi) {
      await page.getByRole('searchbox').fill(kimchi);
      await page.getByRole('searchbox').press('Enter');
      await page.getByRole('heading', { name: `‘${kimchi}’ 찾은 결과` }).waitFor();
      await page.getByRole('link', { name: kimchi, exact: true }).click();
      await page.getByRole('button', { name: '장바구니에 담기' }).click();
      await page.getByText('장바구니에 담았습니다').waitFor();
    },
    async order() {
      await page.getByRole('link', { name: /^장바구니, / }).click();
      await page.getByRole('button', { name: '주문하고 결제하기' }).click();
      await page.getByRole('heading', { name: '토스페이먼츠 결제 창' }).waitFor();
    },
    async decide(card, decision) {
      await page.getByLabel(card, { exact: true }).check();
      await page.getByRole('button', { name: decision }).click();
      await page.waitForURL(/\/orders\/[\w-]+/);
      await shown();
    },
    async buy(kimchi) {
      await buyer.putInCart(kimchi);
      await buyer.order();
      await buyer.decide('카드', '결제하기');
      return new URL(page.url()).pathname.split('/').at(-1) ?? '';
    },
  };
  return buyer;
}
