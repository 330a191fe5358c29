import { afterAll, beforeAll } from '@jest/globals';
import { fakeProvider } from './fake-provider.ts';
import { createSender, type Sender } from './send.ts';
import { openShop, type Shop } from './shop.ts';

/** One shop for all tests of a describe block, which is closed after them, and what sends to it as it stands. */
export function oneShop(): { readonly shop: () => Shop; readonly send: Sender['send'] } {
  let shop: Shop;
  const { send, close } = createSender(() => shop.api.url);
  beforeAll(async () => {
    shop = await openShop({ provider: fakeProvider() });
  });
  afterAll(async () => {
    close();
    await shop.close();
  });
  return { shop: () => shop, send };
}
