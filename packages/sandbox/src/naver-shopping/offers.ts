import { createHash } from 'node:crypto';
import { seededRandom } from '../faults/fault.ts';

/** What a shop elsewhere asks for a kind of kimchi. */
export interface Offer {
  readonly productId: string;
  readonly brand: string;
  readonly maker: string;
  readonly mallName: string;
  /** As plain text. */
  readonly title: string;
  readonly kind: string;
  /** Won. */
  readonly price: number;
  /** Naver's types: 1 is a comparison of several shops, 2 and 3 are single offers, 4 to 6 are used. */
  readonly productType: number;
  readonly hasNaverPay: boolean;
  /** What `exclude` may leave out. */
  readonly leftOutBy?: 'used' | 'rental' | 'cbshop';
}

const KINDS = [
  '포기김치',
  '깍두기',
  '열무김치',
  '돌산갓김치',
  '갓김치',
  '총각김치',
  '백김치',
  '파김치',
  '묵은지',
  '오이소박이',
  '동치미',
  '겉절이',
  '배추김치',
];
const BRANDS = [
  ['종가', '대상'],
  ['비비고', 'CJ제일제당'],
  ['풀무원', '풀무원'],
  ['한성김치', '한성식품'],
  ['선채김치', '선채'],
  ['도미솔', '도미솔식품'],
  ['이킴', '이킴'],
  ['대숲맑은', '대숲맑은식품'],
  ['', ''],
] as const;
const MALLS = [
  '네이버',
  'SSG닷컴',
  '11번가',
  'G마켓',
  '옥션',
  '롯데ON',
  '김치명가',
  '남도식품',
  '바로배송 & 김치',
];
const PRAISES = [
  '국내산',
  '100% 국산',
  '아삭 & 시원한',
  '전라도 <직송>',
  '당일 제조',
  "엄마의 '손맛'",
  '"HACCP" 인증',
];
/** In grams, with the price of 100 g against that of 1 kg, in percent: more is cheaper. */
const WEIGHTS = [
  [500, 112],
  [1_000, 100],
  [2_000, 94],
  [3_000, 90],
  [5_000, 84],
  [10_000, 78],
] as const;

/** The offers that a search finds: always the same for the same words, and none where no kimchi is asked for. */
export function offersFor(query: string): Offer[] {
  const kind = KINDS.find((known) => query.replaceAll(/\s/g, '').includes(known));
  if (kind === undefined) return [];
  const asked = gramsIn(query);
  const random = seededRandom(createHash('sha256').update(kind).digest().readUInt32BE());
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  return Array.from({ length: 80 + Math.floor(random() * 120) }, (_, index) => {
    const [brand, maker] = pick(BRANDS);
    const isOfWeight = random() < 0.6;
    const [grams, percent] = WEIGHTS.find(([one]) => isOfWeight && one === asked) ?? pick(WEIGHTS);
    const per100Grams = 900 + random() * 900;
    const fate = random();
    return {
      productId: String(80_000_000_000 + readDigits(`${kind}${index}`)),
      brand,
      maker,
      mallName: pick(MALLS),
      title: [brand, pick(PRAISES), kind, weightText(grams)].filter(Boolean).join(' '),
      kind,
      price: Math.round((per100Grams * percent * grams) / 100 / 100 / 100) * 100,
      productType: fate < 0.03 ? 5 : 1 + Math.floor(random() * 3),
      hasNaverPay: random() < 0.7,
      ...(fate < 0.03 ? { leftOutBy: 'used' as const } : fate < 0.06 ? { leftOutBy: 'cbshop' as const } : {}),
    };
  });
}

function gramsIn(query: string): number {
  const [, count = '', unit = ''] = /(\d+(?:\.\d+)?)\s*(kg|g)\b/i.exec(query) ?? [];
  return Number(count) * (unit.toLowerCase() === 'kg' ? 1_000 : 1);
}

function weightText(grams: number): string {
  return grams < 1_000 ? `${grams}g` : `${grams / 1_000}kg`;
}

function readDigits(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE();
}
