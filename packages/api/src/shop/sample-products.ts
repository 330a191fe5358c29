import type { Category } from '../catalogue/product.ts';

export interface SampleProduct {
  readonly id: number;
  readonly sellerId: number;
  readonly name: string;
  readonly price: number;
  readonly category: Category;
  readonly description: string;
  readonly isTaxFree?: true;
  /** Absent: as much as is wanted. */
  readonly stock?: number;
}

const sample = (
  id: number,
  sellerId: number,
  [name, price, category, description]: readonly [string, number, Category, string],
  more: Pick<SampleProduct, 'isTaxFree' | 'stock'> = {},
): SampleProduct => ({ id, sellerId, name, price, category, description, ...more });

/** Kimchi 1, 2 and 3 cost 38,000 won together and never run out: the load scenario pays exactly that. */
export const SAMPLE_PRODUCTS: readonly SampleProduct[] = [
  sample(1, 1, ['포기김치 1kg', 14_000, 'cabbage', '해남 배추를 통째로 절여 담근 기본 포기김치']),
  sample(2, 2, ['깍두기 1kg', 11_000, 'radish', '가을무로 담가 아삭하고 시원한 깍두기']),
  sample(3, 1, ['열무김치 1kg', 13_000, 'leaf', '여린 열무와 얼갈이로 담근 여름 김치']),
  sample(4, 3, ['돌산갓김치 1kg', 16_500, 'leaf', '톡 쏘는 여수 돌산갓에 멸치젓을 넣은 갓김치']),
  sample(5, 2, ['총각김치 1kg', 12_500, 'radish', '알타리무를 줄기째 담근 총각김치']),
  sample(6, 4, ['백김치 2kg', 19_900, 'water', '고춧가루 없이 배와 밤으로 맛을 낸 백김치']),
  sample(7, 4, ['포기김치 3kg', 32_900, 'cabbage', '강원도 고랭지 배추로 담근 온 가족 포기김치']),
  sample(8, 3, ['파김치 500g', 9_900, 'leaf', '쪽파와 까나리액젓으로 담근 파김치']),
  sample(9, 1, ['묵은지 2kg', 21_000, 'aged', '땅속 저온에서 1년을 익힌 묵은지']),
  sample(10, 4, ['절임배추 10kg', 38_000, 'other', '바로 담글 수 있게 천일염에 절인 배추'], {
    isTaxFree: true,
    stock: 120,
  }),
  sample(11, 4, ['김장 배추 3포기', 12_900, 'other', '김장철에 밭에서 바로 보내는 배추'], {
    isTaxFree: true,
    stock: 300,
  }),
  sample(12, 2, ['동치미 2kg', 17_500, 'water', '동치미무를 통으로 담가 톡 쏘는 국물'], { stock: 40 }),
  sample(13, 2, ['나박김치 1kg', 12_000, 'water', '무와 배추를 나박나박 썰어 담근 물김치'], { stock: 60 }),
  sample(14, 1, ['보쌈김치 1kg', 27_000, 'cabbage', '전복과 낙지, 대추를 배춧잎에 싼 보쌈김치'], {
    stock: 15,
  }),
  sample(15, 1, ['배추겉절이 500g', 8_500, 'cabbage', '주문을 받고 무치는 겉절이'], { stock: 80 }),
  sample(16, 3, ['갓물김치 1kg', 15_000, 'water', '보랏빛 국물의 여수 갓물김치'], { stock: 35 }),
  sample(17, 3, ['고들빼기김치 500g', 13_900, 'leaf', '쌉쌀한 고들빼기에 찹쌀풀을 넣은 김치'], { stock: 25 }),
  sample(18, 3, ['부추김치 500g', 8_900, 'leaf', '솔잎처럼 여린 초벌 부추로 담근 김치']),
  sample(19, 2, ['오이소박이 1kg', 14_500, 'other', '백다다기오이에 부추 소를 채운 오이소박이'], {
    stock: 50,
  }),
  sample(20, 2, ['섞박지 2kg', 18_900, 'radish', '설렁탕집 방식으로 크게 썬 섞박지']),
  sample(21, 4, ['3년 묵은지 1kg', 29_000, 'aged', '태백 폐광 저장고에서 세 해를 익힌 묵은지'], { stock: 3 }),
  sample(22, 1, ['묵은지 쌈용 500g', 9_500, 'aged', '씻어 바로 쌈을 싸는 묵은지']),
  sample(23, 4, ['비건 포기김치 1kg', 15_500, 'cabbage', '젓갈 대신 표고와 다시마로 담근 김치']),
  sample(24, 3, ['무청 시래기 500g', 7_900, 'other', '겨우내 말린 무청을 삶은 시래기'], {
    isTaxFree: true,
    stock: 200,
  }),
];
