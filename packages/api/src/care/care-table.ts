import type { Knex } from 'knex';
import { selectRows } from '../database/statements.ts';

/** A lock's name is of the whole server, so it says of which database it is. */
export async function careLockName(db: Knex): Promise<string> {
  const [row] = await selectRows<{ digest: string }>(
    db,
    'SELECT LEFT(SHA2(DATABASE(), 256), 20) AS digest',
    [],
  );
  return `jangbu:shop-care:${row?.digest}`;
}
