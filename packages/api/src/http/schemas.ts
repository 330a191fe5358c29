import { z } from 'zod';

/** Won as a JSON number: what orders and payments show. */
export const wonSchema = z
  .int()
  .meta({ id: 'Won', description: 'Won, as a whole number.', examples: [38_000] });

/** Money in the books: text in major units. */
export const moneySchema = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .meta({ id: 'Money', description: 'An amount in major units, as text.', examples: ['36000'] });

export const instantSchema = z.iso
  .datetime()
  .meta({ id: 'Instant', description: 'An instant in UTC.', examples: ['2026-11-23T16:00:10.646Z'] });

/** An instant that a client gives, with any offset. */
export const givenInstantSchema = z.iso.datetime({
  offset: true,
  error: 'must be an instant such as 2026-01-31T09:00:00+09:00',
});

export const daySchema = z.iso
  .date()
  .meta({ id: 'Day', description: 'A day in the ledger’s time zone.', examples: ['2026-11-24'] });

/** A place in the outbox, as text: it may pass what a JSON number holds. */
export const seqSchema = z
  .string()
  .regex(/^\d+$/)
  .meta({ id: 'Seq', description: 'An event’s place in the outbox.', examples: ['1000'] });
