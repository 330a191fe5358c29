import { Problem, read, useForgeryToken } from './client.ts';
import type { Me } from './shop-types.ts';

/** Who the buyer is; undefined for a visitor. A session that has ended makes a visitor. */
export async function readMe(): Promise<Me | undefined> {
  try {
    const me = await read<Me>('/api/me');
    useForgeryToken(me.csrfToken);
    return me;
  } catch (error) {
    useForgeryToken(null);
    if (error instanceof Problem && [401, 404].includes(error.status)) return undefined;
    throw error;
  }
}
