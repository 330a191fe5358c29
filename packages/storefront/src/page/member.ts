import { isApiError, type Schemas } from '@jangbu/client';
import { api, useForgeryToken } from './api.ts';

/** Who the buyer is; undefined for a visitor. A session that has ended makes a visitor. */
export async function readMe(): Promise<Schemas['Me'] | undefined> {
  try {
    const me = await api.get('/api/me');
    useForgeryToken(me.csrfToken);
    return me;
  } catch (error) {
    useForgeryToken(null);
    if (isApiError(error) && [401, 404].includes(error.status)) return undefined;
    throw error;
  }
}
