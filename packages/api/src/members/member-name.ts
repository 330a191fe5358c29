const LONGEST_NAME = 100;
/** For whoever told the provider no name. */
const NAMELESS = '회원';

/** What a provider calls somebody, as a name to show: without what is no character, and no longer than its column. */
export function memberName(given: string | undefined): string {
  const cleaned = (given ?? '')
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const name = [...cleaned].slice(0, LONGEST_NAME).join('').trim();
  return name === '' ? NAMELESS : name;
}
