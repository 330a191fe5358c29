import { language } from './language.ts';

const LOCALES = { ko: 'ko-KR', en: 'en-GB' } as const;

/** `38,000원` or `₩38,000`. Won have no decimals, and every amount of the shop is whole won. */
export function won(amount: number): string {
  const figure = new Intl.NumberFormat(LOCALES[language()]).format(Math.abs(amount));
  const sign = amount < 0 ? '−' : '';
  return language() === 'ko' ? `${sign}${figure}원` : `${sign}₩${figure}`;
}

export function count(figure: number): string {
  return new Intl.NumberFormat(LOCALES[language()]).format(figure);
}

/** In the time of whoever looks. */
export function instant(iso: string): string {
  return new Intl.DateTimeFormat(LOCALES[language()], { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(iso),
  );
}

/** `0.06 s`, for what is quick. */
export function seconds(ms: number): string {
  const figure = new Intl.NumberFormat(LOCALES[language()], {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  }).format(ms / 1_000);
  return language() === 'ko' ? `${figure}초` : `${figure} s`;
}

/** `3 minutes`, in the largest unit that fits. */
export function age(ageSeconds: number): string {
  const [figure, unit] =
    ageSeconds < 60
      ? [ageSeconds, 'second']
      : ageSeconds < 3_600
        ? [Math.floor(ageSeconds / 60), 'minute']
        : ageSeconds < 86_400
          ? [Math.floor(ageSeconds / 3_600), 'hour']
          : [Math.floor(ageSeconds / 86_400), 'day'];
  return new Intl.NumberFormat(LOCALES[language()], {
    style: 'unit',
    unit: unit as string,
    unitDisplay: 'long',
  }).format(figure as number);
}

/** `1.5kg`. */
export function grams(figure: number): string {
  const [amount, unit] = figure < 1_000 ? [figure, 'gram'] : [figure / 1_000, 'kilogram'];
  return new Intl.NumberFormat(LOCALES[language()], { style: 'unit', unit: unit as string }).format(
    amount as number,
  );
}
