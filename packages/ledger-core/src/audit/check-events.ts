import type { Knex } from 'knex';
import { lastTrimmedSeq } from '../archive/archives-table.ts';
import { selectRows } from '../database/insert-rows.ts';
import { toSqlInstant } from '../database/instants.ts';
import { checkArchive } from './check-archive.ts';
import { type Check, type Finding, MOST_FINDINGS } from './finding.ts';

/**
 * Invariant 5: every outbox event is in the inbox once (its primary key sees to that), or in dead letters with a reason, or
 * younger than `settledBefore`; and what the inbox and the journal say they applied did happen.
 */
export async function checkEvents(
  trx: Knex,
  ledgerId: number,
  consumer: string,
  settledBefore: Date,
): Promise<Check> {
  const trimmed = (await lastTrimmedSeq(trx)).toString();
  const [count] = await selectRows<{ events: number | string }>(
    trx,
    'SELECT COUNT(*) AS events FROM outbox WHERE seq > ?',
    [trimmed],
  );
  const archive = await checkArchive(trx, ledgerId, consumer);
  const findings = [
    ...archive.findings,
    ...(await findUnapplied(trx, ledgerId, consumer, settledBefore)),
    ...(await findInvented(trx, ledgerId, consumer, trimmed)),
    ...(await findAppliedAndParked(trx, ledgerId, consumer)),
    ...(await findEntriesOfNoEvent(trx, ledgerId, consumer)),
  ];
  return { counted: { events: Number(count?.events ?? 0) + (archive.counted['events'] ?? 0) }, findings };
}

/** The outbox keeps its partitions until the transaction ends. */
export async function holdOutbox(trx: Knex): Promise<void> {
  await selectRows(trx, 'SELECT seq FROM outbox ORDER BY outbox.seq LIMIT 1');
}

async function findUnapplied(
  trx: Knex,
  ledgerId: number,
  consumer: string,
  settledBefore: Date,
): Promise<Finding[]> {
  const rows = await selectRows<{ seq: string; event_id: string; created_at: string }>(
    trx,
    `SELECT CAST(o.seq AS CHAR) AS seq, o.event_id, CAST(o.created_at AS CHAR) AS created_at
       FROM outbox AS o
       LEFT JOIN inbox AS i ON i.ledger_id = ? AND i.consumer = ? AND i.event_id = o.event_id
       LEFT JOIN dead_letters AS d ON d.ledger_id = ? AND d.consumer = ? AND d.event_id = o.event_id
      WHERE i.event_id IS NULL AND d.event_id IS NULL AND o.created_at <= ?
      ORDER BY o.seq
      LIMIT ?`,
    [ledgerId, consumer, ledgerId, consumer, toSqlInstant(settledBefore), MOST_FINDINGS],
  );
  return rows.map((row) => ({
    invariant: 5,
    where: `outbox ${row.seq}`,
    detail: `event ${row.event_id} of ${row.created_at} UTC is neither applied nor in dead letters`,
  }));
}

/** What has left the outbox is held against its archive instead. */
async function findInvented(
  trx: Knex,
  ledgerId: number,
  consumer: string,
  trimmed: string,
): Promise<Finding[]> {
  const rows = await selectRows<{ event_id: string; seq: string }>(
    trx,
    `SELECT i.event_id, CAST(i.outbox_seq AS CHAR) AS seq
       FROM inbox AS i
       LEFT JOIN outbox AS o ON o.seq = i.outbox_seq
      WHERE i.ledger_id = ? AND i.consumer = ? AND i.outbox_seq > ? AND (o.seq IS NULL OR o.event_id <> i.event_id)
      LIMIT ?`,
    [ledgerId, consumer, trimmed, MOST_FINDINGS],
  );
  return rows.map((row) => ({
    invariant: 5,
    where: `inbox ${row.event_id}`,
    detail: `was applied as outbox ${row.seq}, which does not hold it`,
  }));
}

async function findAppliedAndParked(trx: Knex, ledgerId: number, consumer: string): Promise<Finding[]> {
  const rows = await selectRows<{ event_id: string }>(
    trx,
    `SELECT d.event_id
       FROM dead_letters AS d
       JOIN inbox AS i ON i.ledger_id = d.ledger_id AND i.consumer = d.consumer AND i.event_id = d.event_id
      WHERE d.ledger_id = ? AND d.consumer = ? AND d.resolved_at IS NULL
      LIMIT ?`,
    [ledgerId, consumer, MOST_FINDINGS],
  );
  return rows.map((row) => ({
    invariant: 5,
    where: `event ${row.event_id}`,
    detail: 'is applied, and waits in dead letters as well',
  }));
}

async function findEntriesOfNoEvent(trx: Knex, ledgerId: number, consumer: string): Promise<Finding[]> {
  const rows = await selectRows<{ entry: string; event_id: string }>(
    trx,
    `SELECT LOWER(HEX(e.entry_id)) AS entry, e.event_id
       FROM journal_entries AS e
       LEFT JOIN inbox AS i ON i.ledger_id = e.ledger_id AND i.consumer = ? AND i.event_id = e.event_id
      WHERE e.ledger_id = ? AND e.event_id IS NOT NULL AND i.event_id IS NULL
      LIMIT ?`,
    [consumer, ledgerId, MOST_FINDINGS],
  );
  return rows.map((row) => ({
    invariant: 5,
    where: `entry ent_${row.entry}`,
    detail: `names event ${row.event_id}, which was never applied`,
  }));
}
