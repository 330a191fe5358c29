import type { ApiAnswer } from '../http/exchange.ts';
import { PEOPLE, type Person } from './people.ts';

/** What somebody decided at the log-in page; undefined where there is no such person. */
export type Decision = { readonly agrees: true; readonly person: Person } | { readonly agrees: false };

export function readDecision(fields: Readonly<Record<string, string>>): Decision | undefined {
  if (fields['decision'] === 'refuse') return { agrees: false };
  const person = PEOPLE.find(({ key }) => key === fields['person']);
  return person === undefined ? undefined : { agrees: true, person };
}

/** Sends the browser back, with what there is to say in the query. */
export function redirect(redirectUri: string, said: Readonly<Record<string, string | undefined>>): ApiAnswer {
  const location = new URL(redirectUri);
  for (const [name, value] of Object.entries(said)) {
    if (value !== undefined) location.searchParams.set(name, value);
  }
  return { status: 302, body: undefined, headers: { location: location.href, 'cache-control': 'no-store' } };
}

/** The token of `Authorization: Bearer …`. */
export function bearerOf(authorization: string | undefined): string | undefined {
  return /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
}
