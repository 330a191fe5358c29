import { Problem } from './client.ts';
import { t } from './text/language.ts';

/** What went wrong and what to do, in plain words. */
export function problemText(error: unknown): string {
  const { problems, problemFallback } = t();
  if (error instanceof Problem) return problems[error.code] ?? problemFallback;
  return problemFallback;
}
