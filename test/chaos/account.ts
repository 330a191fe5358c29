import type { Verification } from '@jangbu/ledger-core';
import type { Place } from './place.ts';

/** What the books say once all is settled. */
export interface Account {
  readonly events: number;
  /** Written, or said to be written, and neither applied nor in dead letters. */
  readonly lost: number;
  /** Entries beyond one for each event that was applied. */
  readonly doubled: number;
  /** Entries that stand before an earlier event of their key. */
  readonly outOfOrder: number;
  readonly deadLetters: number;
  readonly findings: Verification['findings'];
}

export async function takeAccount(
  { database, ledger }: Pick<Place, 'database' | 'ledger'>,
  acknowledged: readonly string[],
): Promise<Account> {
  const verification = await ledger.verify({ lagAllowanceMs: 0 });
  const count = async (sql: string) => {
    const [[row]] = await database.admin.raw(`SELECT (${sql}) AS counted`);
    return Number(row.counted);
  };
  // What has left the outbox is in its archive, and verify holds the inbox against that.
  const archived = 'FROM outbox_archives WHERE trimmed_at IS NOT NULL';
  const events = await count(
    `SELECT COUNT(*) + (SELECT COALESCE(SUM(events), 0) ${archived})
       FROM outbox WHERE seq > (SELECT COALESCE(MAX(to_seq), 0) ${archived})`,
  );
  const applied = await count('SELECT COUNT(*) FROM inbox');
  const deadLetters = await count('SELECT COUNT(*) FROM dead_letters WHERE resolved_at IS NULL');
  const discarded = await count("SELECT COUNT(*) FROM dead_letters WHERE resolution = 'discarded'");
  return {
    events,
    lost: events - applied - deadLetters - discarded + (await countMissing(database.admin, acknowledged)),
    doubled: (await count('SELECT COUNT(*) FROM journal_entries')) - applied,
    outOfOrder: await count(OUT_OF_ORDER),
    deadLetters,
    findings: verification.findings,
  };
}

/** Of the events that a writer saw commit, those that are in the outbox no more, and were not applied either. */
async function countMissing(
  admin: Place['database']['admin'],
  acknowledged: readonly string[],
): Promise<number> {
  const [rows] = await admin.raw('SELECT event_id FROM outbox UNION SELECT event_id FROM inbox');
  const written = new Set((rows as { event_id: string }[]).map(({ event_id }) => event_id));
  return acknowledged.filter((eventId) => !written.has(eventId)).length;
}

const OUT_OF_ORDER = `SELECT COUNT(*) FROM (
  SELECT i.outbox_seq AS seq, LAG(i.outbox_seq, 1, 0) OVER (PARTITION BY l.account_id ORDER BY l.sequence) AS seq_before
    FROM journal_lines AS l
    JOIN accounts AS a ON a.ledger_id = l.ledger_id AND a.account_id = l.account_id
    JOIN journal_entries AS e ON e.ledger_id = l.ledger_id AND e.entry_id = l.entry_id
    JOIN inbox AS i ON i.ledger_id = e.ledger_id AND i.event_id = e.event_id
   WHERE a.code LIKE 'liabilities:sellers:key-%') AS lines_in_order
 WHERE seq < seq_before`;
