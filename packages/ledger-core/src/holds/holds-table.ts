import type { Knex } from 'knex';
import { insertRows, selectRows } from '../database/insert-rows.ts';
import { fromSqlInstant, toSqlInstant } from '../database/instants.ts';
import type { HoldStatus } from './hold.ts';

/** A hold as it is stored. */
export interface StoredHold {
  readonly holdId: Buffer;
  readonly idempotencyKey: string;
  readonly fingerprint: Buffer;
  readonly kind: string;
  readonly description: string;
  readonly status: HoldStatus;
  readonly placedAt: Date;
  readonly expiresAt: Date | null;
}

/** Signed minor units: a debit above zero, a credit below. */
export interface StoredHoldLine {
  readonly lineNumber: number;
  readonly accountId: number;
  readonly code: string;
  readonly currency: string;
  readonly amount: bigint;
  readonly remaining: bigint;
}

export interface NewHold extends Omit<StoredHold, 'status'> {
  readonly metadata: string | null;
  readonly limitOverride: string | null;
  readonly lines: readonly Pick<StoredHoldLine, 'lineNumber' | 'accountId' | 'amount'>[];
}

interface HoldRow {
  hold_id: Buffer;
  idempotency_key: string;
  fingerprint: Buffer;
  kind: string;
  description: string;
  status: HoldStatus;
  placed_at: string;
  expires_at: string | null;
}

const SELECT_HOLD = `SELECT hold_id, idempotency_key, fingerprint, kind, description, status,
       CAST(placed_at AS CHAR) AS placed_at, CAST(expires_at AS CHAR) AS expires_at
  FROM holds`;

/** Fails with MySQL's duplicate-key error when another transaction used the key first. */
export async function insertHold(trx: Knex, ledgerId: number, hold: NewHold): Promise<void> {
  await insertRows(
    trx,
    'holds',
    [
      'ledger_id',
      'hold_id',
      'idempotency_key',
      'fingerprint',
      'kind',
      'description',
      'metadata',
      'limit_override',
      'placed_at',
      'expires_at',
    ],
    [
      [
        ledgerId,
        hold.holdId,
        hold.idempotencyKey,
        hold.fingerprint,
        hold.kind,
        hold.description,
        hold.metadata,
        hold.limitOverride,
        toSqlInstant(hold.placedAt),
        hold.expiresAt === null ? null : toSqlInstant(hold.expiresAt),
      ],
    ],
  );
  await insertRows(
    trx,
    'hold_lines',
    ['ledger_id', 'hold_id', 'line_number', 'account_id', 'amount', 'remaining'],
    hold.lines.map(({ lineNumber, accountId, amount }) => [
      ledgerId,
      hold.holdId,
      lineNumber,
      accountId,
      amount,
      amount,
    ]),
  );
}

export async function findHoldByKey(
  db: Knex,
  ledgerId: number,
  idempotencyKey: string,
): Promise<StoredHold | undefined> {
  const rows = await selectRows<HoldRow>(db, `${SELECT_HOLD} WHERE ledger_id = ? AND idempotency_key = ?`, [
    ledgerId,
    idempotencyKey,
  ]);
  return rows.map(toHold)[0];
}

export async function findHold(db: Knex, ledgerId: number, holdId: Buffer): Promise<StoredHold | undefined> {
  const rows = await selectRows<HoldRow>(db, `${SELECT_HOLD} WHERE ledger_id = ? AND hold_id = ?`, [
    ledgerId,
    holdId,
  ]);
  return rows.map(toHold)[0];
}

/** Locks the hold: of two captures, or a capture and an expiry, the second sees what the first did. */
export async function lockHold(trx: Knex, ledgerId: number, holdId: Buffer): Promise<StoredHold | undefined> {
  const rows = await selectRows<HoldRow>(
    trx,
    `${SELECT_HOLD} WHERE ledger_id = ? AND hold_id = ? FOR UPDATE`,
    [ledgerId, holdId],
  );
  return rows.map(toHold)[0];
}

/** The lines in their order. Reads what is committed, whatever the isolation of the caller's transaction. */
export async function readHoldLines(db: Knex, ledgerId: number, holdId: Buffer): Promise<StoredHoldLine[]> {
  const rows = await selectRows<{
    line_number: number;
    account_id: string;
    code: string;
    currency: string;
    amount: string;
    remaining: string;
  }>(
    db,
    `SELECT h.line_number, CAST(h.account_id AS CHAR) AS account_id, a.code, a.currency,
            CAST(h.amount AS CHAR) AS amount, CAST(h.remaining AS CHAR) AS remaining
       FROM hold_lines AS h
       JOIN accounts AS a ON a.ledger_id = h.ledger_id AND a.account_id = h.account_id
      WHERE h.ledger_id = ? AND h.hold_id = ?
      ORDER BY h.line_number
        FOR SHARE`,
    [ledgerId, holdId],
  );
  return rows.map((row) => ({
    lineNumber: row.line_number,
    accountId: Number(row.account_id),
    code: row.code,
    currency: row.currency,
    amount: BigInt(row.amount),
    remaining: BigInt(row.remaining),
  }));
}

export async function writeRemaining(
  trx: Knex,
  ledgerId: number,
  holdId: Buffer,
  lines: readonly StoredHoldLine[],
): Promise<void> {
  await insertRows(
    trx,
    'hold_lines',
    ['ledger_id', 'hold_id', 'line_number', 'account_id', 'amount', 'remaining'],
    lines.map((line) => [ledgerId, holdId, line.lineNumber, line.accountId, line.amount, line.remaining]),
    'AS fresh ON DUPLICATE KEY UPDATE remaining = fresh.remaining',
  );
}

export async function closeHold(
  trx: Knex,
  ledgerId: number,
  holdId: Buffer,
  status: Exclude<HoldStatus, 'open'>,
  closedAt: Date,
): Promise<void> {
  await trx.raw('UPDATE holds SET status = ?, closed_at = ? WHERE ledger_id = ? AND hold_id = ?', [
    status,
    toSqlInstant(closedAt),
    ledgerId,
    holdId,
  ]);
}

/** The open holds that have expired by then, the longest expired first. */
export async function findExpired(db: Knex, ledgerId: number, by: Date, limit: number): Promise<Buffer[]> {
  const rows = await selectRows<{ hold_id: Buffer }>(
    db,
    `SELECT hold_id FROM holds WHERE ledger_id = ? AND status = 'open' AND expires_at <= ? ORDER BY holds.expires_at LIMIT ?`,
    [ledgerId, toSqlInstant(by), limit],
  );
  return rows.map(({ hold_id }) => hold_id);
}

function toHold(row: HoldRow): StoredHold {
  return {
    holdId: row.hold_id,
    idempotencyKey: row.idempotency_key,
    fingerprint: row.fingerprint,
    kind: row.kind,
    description: row.description,
    status: row.status,
    placedAt: fromSqlInstant(row.placed_at),
    expiresAt: row.expires_at === null ? null : fromSqlInstant(row.expires_at),
  };
}
