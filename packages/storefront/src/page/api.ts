import { createClient } from '@jangbu/client';

let forgeryToken: string | null = null;

/** What a page of a session sends along, to show that it is this shop's. */
export function useForgeryToken(token: string | null): void {
  forgeryToken = token;
}

/** The API, which serves this page as well. */
export const api = createClient({
  baseUrl: '',
  headers: () => (forgeryToken === null ? {} : { 'X-CSRF-Token': forgeryToken }),
});
