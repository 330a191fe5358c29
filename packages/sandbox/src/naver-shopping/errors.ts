import type { ApiAnswer } from '../http/exchange.ts';

/** Naver's documented errors of the shopping search, with their status and message. */
const ERRORS = {
  SE01: [400, 'Incorrect query request (잘못된 쿼리요청입니다.)'],
  SE02: [400, 'Invalid display value (부적절한 display 값입니다.)'],
  SE03: [400, 'Invalid start value (부적절한 start 값입니다.)'],
  SE04: [400, 'Invalid sort value (부적절한 sort 값입니다.)'],
  SE06: [400, 'Malformed encoding (잘못된 형식의 인코딩입니다.)'],
  '024': [401, 'Not Exist Client ID : Authentication failed. (인증에 실패했습니다.)'],
  SE05: [404, 'Invalid search api (존재하지 않는 검색 api 입니다.)'],
  '010': [429, 'Query limit exceeded. (쿼리 한도를 초과했습니다.)'],
  '012': [429, 'Rate limit exceeded. (속도 제한을 초과했습니다.)'],
  SE99: [500, 'System Error (시스템 에러)'],
} as const satisfies Record<string, readonly [status: number, message: string]>;

export type NaverErrorCode = keyof typeof ERRORS;

const BY_STATUS: Readonly<Record<number, NaverErrorCode>> = {
  400: 'SE01',
  401: '024',
  404: 'SE05',
  429: '012',
};

export function naverErrorAnswer(code: NaverErrorCode): ApiAnswer {
  return { status: ERRORS[code][0], body: { errorMessage: ERRORS[code][1], errorCode: code } };
}

/** The error that a fault orders: by its code where it is Naver's, else the one that Naver gives with such a status. */
export function naverErrorOf(status: number, code: string): ApiAnswer {
  const known = Object.hasOwn(ERRORS, code) ? (code as NaverErrorCode) : (BY_STATUS[status] ?? 'SE99');
  return { ...naverErrorAnswer(known), status };
}
