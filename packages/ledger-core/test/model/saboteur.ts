import type { Knex } from 'knex';

/**
 * Kills connections of one user to one database, as often as asked, whatever they are doing: the next moment it is another's turn.
 * @returns how many it killed
 */
export async function sabotage(admin: Knex, user: string, kills: number): Promise<number> {
  let killed = 0;
  for (let turn = 0; turn < kills; turn++) {
    // Lets the callers get on with it, a little further each time.
    await new Promise((resolve) => setTimeout(resolve, 1 + turn * 3));
    const [rows] = (await admin.raw(
      `SELECT ID AS id FROM performance_schema.processlist
        WHERE DB = DATABASE() AND USER = ? AND ID <> CONNECTION_ID()
        ORDER BY COMMAND = 'Sleep', RAND()
        LIMIT 1`,
      [user],
    )) as [{ id: number | string }[], unknown];
    for (const { id } of rows) if (await kill(admin, Number(id))) killed++;
  }
  return killed;
}

/** False when it ended by itself meanwhile. */
async function kill(admin: Knex, id: number): Promise<boolean> {
  try {
    await admin.raw(`KILL ${id}`);
    return true;
  } catch (error) {
    if ((error as { errno?: number }).errno === 1094) return false;
    throw error;
  }
}
