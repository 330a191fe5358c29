import type { NaverErrorCode } from './errors.ts';

export interface SearchRequest {
  readonly query: string;
  readonly display: number;
  readonly start: number;
  readonly sort: 'sim' | 'date' | 'asc' | 'dsc';
  readonly onlyNaverPay: boolean;
  readonly excluded: ReadonlySet<string>;
}

const SORTS = ['sim', 'date', 'asc', 'dsc'] as const;

/** The first of Naver's errors that applies, in the order of its parameters. */
export function readSearchRequest(parameters: URLSearchParams): SearchRequest | NaverErrorCode {
  const query = parameters.get('query')?.trim() ?? '';
  if (query === '') return 'SE01';
  // What is not UTF-8 was decoded to this character.
  if (query.includes('\uFFFD')) return 'SE06';
  const display = wholeNumber(parameters.get('display') ?? '10', 100);
  if (display === undefined) return 'SE02';
  const start = wholeNumber(parameters.get('start') ?? '1', 1_000);
  if (start === undefined) return 'SE03';
  const sort = SORTS.find((known) => known === (parameters.get('sort') ?? 'sim'));
  if (sort === undefined) return 'SE04';
  return {
    query,
    display,
    start,
    sort,
    onlyNaverPay: parameters.get('filter') === 'naverpay',
    excluded: new Set(parameters.get('exclude')?.split(':')),
  };
}

function wholeNumber(text: string, max: number): number | undefined {
  const value = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  return value >= 1 && value <= max ? value : undefined;
}
