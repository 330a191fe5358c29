import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { addToDigest } from '../archive/archive-line.ts';
import { type ArchivedPart, readArchives } from '../archive/archives-table.ts';
import { selectRows } from '../database/insert-rows.ts';
import type { Check, Finding } from './finding.ts';

/** So many seqs are looked at in one statement. */
const WINDOW = 10_000n;

/**
 * Invariant 5 for events that have left the outbox: of each part that was archived and trimmed, the events in the inbox and in dead letters
 * are those that were archived, by their number and by the digest over their seqs and ids. `jangbu outbox check` holds the files against
 * the same digests.
 */
export async function checkArchive(trx: Knex, ledgerId: number, consumer: string): Promise<Check> {
  let events = 0;
  const findings: Finding[] = [];
  for (const part of await readArchives(trx)) {
    if (part.trimmedAt === null) continue;
    events += part.events;
    const seen = await digestOf(trx, ledgerId, consumer, part);
    if (seen.digest === part.digest) continue;
    findings.push({
      invariant: 5,
      where: `archive ${part.file}`,
      detail:
        seen.events === part.events
          ? `its ${part.events} events are not those that were applied or went to dead letters`
          : `it has ${part.events} events, of which ${seen.events} were applied or went to dead letters`,
    });
  }
  return { counted: { events }, findings };
}

async function digestOf(
  trx: Knex,
  ledgerId: number,
  consumer: string,
  { fromSeq, toSeq }: ArchivedPart,
): Promise<{ events: number; digest: string }> {
  const hash = createHash('sha256');
  let events = 0;
  for (let from = fromSeq; from <= toSeq; from += WINDOW) {
    const to = from + WINDOW - 1n < toSeq ? from + WINDOW - 1n : toSeq;
    const range = [ledgerId, consumer, from.toString(), to.toString()];
    const rows = await selectRows<{ seq: string; event_id: string }>(
      trx,
      `SELECT CAST(known.seq AS CHAR) AS seq, known.event_id
         FROM (SELECT outbox_seq AS seq, event_id FROM inbox WHERE ledger_id = ? AND consumer = ? AND outbox_seq BETWEEN ? AND ?
               UNION
               SELECT outbox_seq AS seq, event_id FROM dead_letters
                WHERE ledger_id = ? AND consumer = ? AND outbox_seq BETWEEN ? AND ?) AS known
        ORDER BY known.seq`,
      [...range, ...range],
    );
    events += rows.length;
    for (const { seq, event_id: eventId } of rows) addToDigest(hash, { seq, eventId });
  }
  return { events, digest: hash.digest('hex') };
}
