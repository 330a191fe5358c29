import { isApiError } from '@jangbu/client';
import { t } from './text/language.ts';

/** What went wrong and what to do, in plain words. */
export function problemText(error: unknown): string {
  return (isApiError(error) ? textOfCode(error.code) : undefined) ?? t().problemFallback;
}

/** The same of a code alone, which stands in addresses as well; undefined where there is nothing to say of it. */
export function textOfCode(code: string): string | undefined {
  const problems: Readonly<Record<string, string>> = t().problems;
  return Object.hasOwn(problems, code) ? problems[code] : undefined;
}
