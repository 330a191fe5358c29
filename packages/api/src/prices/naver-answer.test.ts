import { describe, expect, it } from '@jest/globals';
import { naverErrorCode, readNaverAnswer } from './naver-answer.ts';

const WANTED = { kind: '포기김치', grams: 1_000 };
const ITEM = {
  title: '종가 <b>포기김치</b> <b>1kg</b>',
  link: 'https://search.shopping.naver.com/catalog/1',
  image: 'https://shopping-phinf.pstatic.net/main_1/1.jpg',
  lprice: '12900',
  hprice: '',
  mallName: 'SSG닷컴 &amp; 마트',
  productId: '1',
  productType: '1',
};
const read = (...items: unknown[]) => readNaverAnswer({ total: 1, items }, WANTED);

describe('readNaverAnswer', () => {
  it('reads an offer, as plain text and whole won', () => {
    expect(read(ITEM)).toEqual([
      {
        title: '종가 포기김치 1kg',
        mallName: 'SSG닷컴 & 마트',
        price: 12_900n,
        grams: 1_000,
        url: ITEM.link,
        imageUrl: ITEM.image,
        kimchiId: undefined,
        sellerId: undefined,
      },
    ]);
  });

  it('tolerates fields that are new, missing or numbers', () => {
    const { title } = ITEM;
    expect(read({ title, lprice: 9_900, productType: 2, isNew: [true] })).toMatchObject([
      { price: 9_900n, mallName: '', url: undefined },
    ]);
  });

  it('finds the kind whatever its blanks', () => {
    expect(read({ ...ITEM, title: '햇 포기 김치 5kg' })).toHaveLength(1);
  });

  it.each([
    ['of another kind', { title: '<b>열무김치</b> 1kg' }],
    ['that are used', { productType: '4' }],
    ['that are no longer sold', { productType: '7' }],
    ['that are to come', { productType: '12' }],
  ])('leaves out offers %s', (_name, change) => {
    expect(read({ ...ITEM, ...change }, ITEM)).toHaveLength(1);
  });

  it.each(['', '0', '-1', '1.5', '1e9', '99999999999', ' 1', null, {}, undefined])(
    'leaves out an offer at %j',
    (lprice) => {
      expect(read({ ...ITEM, lprice }, ITEM)).toHaveLength(1);
    },
  );

  it('knows that nothing was found', () => {
    expect(read()).toEqual([]);
  });

  it.each([
    undefined,
    null,
    '<html>',
    [],
    {},
    { items: 'none' },
    { items: [1, 'x', null] },
    { items: [{ titel: 'x' }] },
    { items: [{ ...ITEM, lprice: undefined }] },
  ])('is no answer of a search: %j', (body) => {
    expect(readNaverAnswer(body, WANTED)).toBeUndefined();
  });
});

it.each([
  [{ errorMessage: 'x', errorCode: 'SE01' }, 'SE01'],
  [{ errorCode: 24 }, undefined],
  [{ errorCode: 'x'.repeat(21) }, undefined],
  [undefined, undefined],
])('reads the code of %j', (body, code) => {
  expect(naverErrorCode(body)).toBe(code);
});
