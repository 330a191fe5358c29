import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { amountSchema, idSchema, orderIdSchema, parse, paymentKeySchema } from './parse.ts';

describe('idSchema', () => {
  it.each([
    [1, 1],
    ['1000', 1000],
    [4_294_967_295, 4_294_967_295],
  ])('reads %j', (given, expected) => {
    expect(parse(idSchema, given)).toBe(expected);
  });

  it.each([0, -1, 1.5, 4_294_967_296, '4294967296', '01', '1e3', ' 1', '', 'x', null, true, [1], {}])(
    'refuses %j',
    (given) => {
      expect(() => parse(idSchema, given)).toThrow(expect.objectContaining({ code: 'request_invalid' }));
    },
  );
});

describe('amountSchema', () => {
  it.each([0, -1, 0.5, 2 ** 53, '38000', null, Number.NaN])('refuses %j', (given) => {
    expect(() => parse(amountSchema, given)).toThrow(expect.objectContaining({ code: 'request_invalid' }));
  });
});

describe('orderIdSchema and paymentKeySchema', () => {
  it.each(['short', 'x'.repeat(65), 'with space', "a'; DROP TABLE orders", '주문-번호-입니다'])(
    'an order is not %j',
    (given) => {
      expect(orderIdSchema.safeParse(given).success).toBe(false);
    },
  );

  it.each(['', 'x'.repeat(192), 'with space', '키'])('a paymentKey is not %j', (given) => {
    expect(paymentKeySchema.safeParse(given).success).toBe(false);
  });
});

describe('parse', () => {
  it('names every field that is wrong', () => {
    const schema = z.object({ cartId: idSchema, amount: amountSchema });
    expect(() => parse(schema, { cartId: 'x', amount: 0 })).toThrow(
      expect.objectContaining({
        details: {
          errors: [
            { path: 'cartId', message: expect.stringContaining('whole number') },
            { path: 'amount', message: 'must be above zero' },
          ],
        },
      }),
    );
  });
});
