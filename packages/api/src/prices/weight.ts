const WEIGHT = /(?<![\d.])(\d{1,4}(?:\.\d{1,3})?)\s*(kg|g|킬로|그램|㎏)(?![a-z])/giu;
/** `1kg x 3`, `500g 4봉`: so many of that weight. */
const COUNT_AFTER = /^[\s,(]*(?:[x×*]\s*(\d{1,2})(?!\d)|(\d{1,2})\s*(?:개|봉|팩|통))/iu;

/**
 * How many grams one gets, by the title of an offer: `포기김치 1.5kg` is 1500, `파김치 500g x 3` too. Undefined where it names no weight, or
 * several: what is not plain is not compared.
 */
export function readGrams(title: string): number | undefined {
  const found = [...title.matchAll(WEIGHT)];
  const [first] = found;
  if (first === undefined || found.length > 1) return undefined;
  const [text, number = '', unit = ''] = first;
  const after = COUNT_AFTER.exec(title.slice(first.index + text.length));
  const count = Number(after?.[1] ?? after?.[2] ?? 1);
  const grams = Math.round(Number(number) * (/^(g|그램)$/i.test(unit) ? 1 : 1_000) * count);
  return grams > 0 ? grams : undefined;
}

/** As a search would have it: `1.5kg`, `500g`. */
export function weightText(grams: number): string {
  return grams < 1_000 ? `${grams}g` : `${grams / 1_000}kg`;
}
