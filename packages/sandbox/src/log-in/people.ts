/** Somebody with an account at both providers, under the ids by which each of them tells one application of a person. */
export interface Person {
  /** How the log-in page and tests name the person. */
  readonly key: string;
  readonly name: string;
  readonly nickname: string;
  readonly email: string;
  /** What Kakao says of the address: whoever enters one has not shown that it is theirs. */
  readonly hasVerifiedEmail: boolean;
  readonly naverId: string;
  readonly kakaoId: number;
}

/** The sample shop knows the last three already: a seller's, an accountant's and an operator's. */
export const PEOPLE: readonly Person[] = [
  person('minjun', '김민준', '민준', 1),
  person('seoyeon', '이서연', '서연', 2),
  { ...person('jiho', '박지호', '지호', 3), hasVerifiedEmail: false },
  person('seller', '최도윤', '광주김치공방', 101),
  person('accountant', '정하윤', '경리', 102),
  person('operator', '강서준', '운영', 103),
];

function person(key: string, name: string, nickname: string, number: number): Person {
  return {
    key,
    name,
    nickname,
    email: `${key}@sandbox.example`,
    hasVerifiedEmail: true,
    naverId: `sandbox-naver-${key}`,
    kakaoId: 4_000_000_000 + number,
  };
}
