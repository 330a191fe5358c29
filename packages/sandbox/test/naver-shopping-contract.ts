import { describe, expect, it } from '@jest/globals';

export interface NaverShoppingTarget {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface NaverShoppingAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what it expects.
  readonly body: any;
}

/** A bare call, so that a contract test sees what is on the wire. An empty credential is not sent. */
export async function searchShops(
  { baseUrl, clientId, clientSecret }: NaverShoppingTarget,
  parameters: Record<string, string> | string,
): Promise<NaverShoppingAnswer> {
  const query = typeof parameters === 'string' ? parameters : new URLSearchParams(parameters).toString();
  const answer = await fetch(`${baseUrl}/v1/search/shop.json?${query}`, {
    headers: {
      ...(clientId === '' ? {} : { 'X-Naver-Client-Id': clientId }),
      ...(clientSecret === '' ? {} : { 'X-Naver-Client-Secret': clientSecret }),
    },
  });
  return { status: answer.status, body: await answer.json() };
}

/** What a search of shops must answer to be Naver's: the double, and a gateway that speaks the same contract. */
export function naverShoppingContract(name: string, target: () => NaverShoppingTarget): void {
  describe(`${name} answers as Naver’s search of shops`, () => {
    answersContract(target);
    errorsContract(target);
  });
}

const KIMCHI = { query: '포기김치 1kg' };

function answersContract(target: () => NaverShoppingTarget): void {
  it('gives ten offers unless told, each with all fields as text, and its price in won', async () => {
    const { status, body } = await searchShops(target(), KIMCHI);
    expect(status).toBe(200);
    expect(body).toMatchObject({ start: 1, display: 10, total: expect.any(Number) });
    expect(body.total).toBeGreaterThan(10);
    expect(Number.isNaN(Date.parse(body.lastBuildDate))).toBe(false);
    expect(body.items).toHaveLength(10);
    for (const item of body.items) {
      expect(item).toMatchObject({
        title: expect.any(String),
        link: expect.stringMatching(/^https?:\/\//),
        image: expect.any(String),
        lprice: expect.stringMatching(/^\d+$/),
        hprice: expect.stringMatching(/^\d*$/),
        mallName: expect.any(String),
        productId: expect.any(String),
        productType: expect.stringMatching(/^([1-9]|1[0-2])$/),
        maker: expect.any(String),
        brand: expect.any(String),
        category1: expect.any(String),
        category4: expect.any(String),
      });
    }
  });

  it('writes the words of the query in bold', async () => {
    const { body } = await searchShops(target(), { ...KIMCHI, display: '100' });
    expect(body.items.some(({ title }: { title: string }) => /<b>[^<]*김치[^<]*<\/b>/.test(title))).toBe(
      true,
    );
  });

  it('goes on where another page ended', async () => {
    const first = await searchShops(target(), { ...KIMCHI, display: '5' });
    const second = await searchShops(target(), { ...KIMCHI, display: '5', start: '6' });
    const ids = [...first.body.items, ...second.body.items].map(({ productId }) => productId);
    expect(second.body).toMatchObject({ start: 6, display: 5 });
    expect(new Set(ids).size).toBe(10);
  });

  it.each([
    ['asc', 1],
    ['dsc', -1],
  ])('orders by price: %s', async (sort, sign) => {
    const { body } = await searchShops(target(), { ...KIMCHI, sort, display: '50' });
    const prices: number[] = body.items.map(({ lprice }: { lprice: string }) => Number(lprice));
    expect(prices).toEqual(prices.toSorted((a, b) => (a - b) * sign));
  });

  it('finds nothing where there is nothing', async () => {
    const { status, body } = await searchShops(target(), { query: 'qzxvjkwqzxvjkw' });
    expect({ status, body }).toMatchObject({ status: 200, body: { total: 0, display: 0, items: [] } });
  });
}

function errorsContract(target: () => NaverShoppingTarget): void {
  const error = (errorCode: string) => ({ errorCode, errorMessage: expect.any(String) });

  it.each([
    [{ query: '' }, 'SE01'],
    [{ ...KIMCHI, display: '0' }, 'SE02'],
    [{ ...KIMCHI, display: '101' }, 'SE02'],
    [{ ...KIMCHI, start: '0' }, 'SE03'],
    [{ ...KIMCHI, start: '1001' }, 'SE03'],
    [{ ...KIMCHI, sort: 'cheapest' }, 'SE04'],
    ['query=%C1%FE%B1%E2', 'SE06'],
  ])('refuses %j with %s', async (parameters, code) => {
    expect(await searchShops(target(), parameters)).toMatchObject({ status: 400, body: error(code) });
  });

  it.each([{ clientId: '' }, { clientSecret: '' }])('lets nobody in with %j', async (lack) => {
    const answer = await searchShops({ ...target(), ...lack }, KIMCHI);
    expect(answer).toMatchObject({ status: 401, body: error('024') });
  });
}
