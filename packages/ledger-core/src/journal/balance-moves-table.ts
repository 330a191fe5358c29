import type { Knex } from 'knex';
import type { Side } from '../accounts/account.ts';
import { wholeNumber } from '../database/insert-rows.ts';
import { isMysqlError } from '../database/mysql-errors.ts';
import type { Day } from '../periods/business-day.ts';
import { SPAN_LINES } from './spans.ts';

/** One line's move of one account, which no other line of the entry moves. */
export interface GuardedMove {
  readonly accountId: number;
  readonly lineNumber: number;
  readonly side: Side;
  /** Minor units, above zero. */
  readonly minor: bigint;
  /** Whether the side is the account's normal one. */
  readonly grows: boolean;
}

/**
 * Locks the accounts in id order and moves all of them, or none. It moves them where `decideEntry` would certainly accept: they are
 * open, last posted to on that day, which is not closed, within their limits and 64 bits, and not about to complete a span.
 */
export async function moveGuarded(
  trx: Knex,
  ledgerId: number,
  day: Day,
  moves: readonly GuardedMove[],
): Promise<boolean> {
  const ids = moves.map(({ accountId }) => accountId);
  const debits = sideOf(moves, 'debit');
  const credits = sideOf(moves, 'credit');
  const limits = eachOf(moves, (move) => limitOf(move));
  let affectedRows: number;
  try {
    // The guard stands in the first column that is set, because MySQL sets them in order, and later ones would see the new values.
    // ~0 is the largest BIGINT UNSIGNED: what is added to it does not fit, and in every SQL mode MySQL fails the statement and undoes it.
    const [result] = await trx.raw(
      `UPDATE account_balances
          SET last_sequence = last_sequence + 1
                + IF(status = 'open' AND day = ? AND COALESCE(closed_through < day, TRUE) AND (last_sequence + 1) % ? <> 0 AND ${limits.sql}, CAST(0 AS UNSIGNED), ~0),
              posted_debit = posted_debit + ${debits.sql}, day_debit = day_debit + ${debits.sql},
              posted_credit = posted_credit + ${credits.sql}, day_credit = day_credit + ${credits.sql}
        WHERE ledger_id = ? AND account_id IN (?)
        ORDER BY account_id`,
      [
        day,
        wholeNumber(SPAN_LINES),
        ...limits.bindings,
        ...[debits, debits, credits, credits].flatMap(({ bindings }) => bindings),
        ledgerId,
        ids,
      ] as never,
    );
    ({ affectedRows } = result as { affectedRows: number });
  } catch (error) {
    if (isMysqlError(error, 'valueOutOfRange')) return false;
    throw error;
  }
  if (affectedRows === ids.length) return true;
  // An account is gone: what had opened it was rolled back to a savepoint. The others are given back.
  await moveBack(trx, ledgerId, moves);
  return false;
}

/** Undoes {@link moveGuarded}, under the locks that it took. */
export async function moveBack(trx: Knex, ledgerId: number, moves: readonly GuardedMove[]): Promise<void> {
  const debits = sideOf(moves, 'debit');
  const credits = sideOf(moves, 'credit');
  await trx.raw(
    `UPDATE account_balances
        SET last_sequence = last_sequence - 1,
            posted_debit = posted_debit - ${debits.sql}, day_debit = day_debit - ${debits.sql},
            posted_credit = posted_credit - ${credits.sql}, day_credit = day_credit - ${credits.sql}
      WHERE ledger_id = ? AND account_id IN (?)
      ORDER BY account_id`,
    [
      ...[debits, debits, credits, credits].flatMap(({ bindings }) => bindings),
      ledgerId,
      moves.map(({ accountId }) => accountId),
    ] as never,
  );
}

/** An SQL expression with what it is bound to. */
interface Expression {
  readonly sql: string;
  readonly bindings: readonly unknown[];
}

/** What moves on one side, by account. */
function sideOf(moves: readonly GuardedMove[], side: Side): Expression {
  return eachOf(moves, (move) => ({
    sql: '?',
    bindings: [wholeNumber(move.side === side ? move.minor : 0n)],
  }));
}

export function eachOf(
  moves: readonly GuardedMove[],
  expressionOf: (move: GuardedMove) => Expression,
): Expression {
  const cases = moves.map((move) => ({ id: move.accountId, ...expressionOf(move) }));
  return {
    sql: `CASE account_id ${cases.map(({ sql }) => `WHEN ? THEN ${sql}`).join(' ')} END`,
    bindings: cases.flatMap(({ id, bindings }) => [id, ...bindings]),
  };
}

/**
 * The rules of limits.ts: pending money of the side that is moved counts, and only the limit that the move goes towards is asked. The
 * sum overflows, and so fails the statement, where posted and pending money together would not fit.
 */
function limitOf({ side, minor, grows }: GuardedMove): Expression {
  const [same, other] = side === 'debit' ? ['debit', 'credit'] : ['credit', 'debit'];
  const amount = wholeNumber(minor);
  const after = `posted_${same} + pending_${same} + ? - posted_${other}`;
  return grows
    ? { sql: `(${after} <= COALESCE(ceiling, ${after}))`, bindings: [amount, amount] }
    : { sql: `(-(${after}) >= COALESCE(floor, -(${after})))`, bindings: [amount, amount] };
}
