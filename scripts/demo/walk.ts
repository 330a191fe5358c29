import { lastSeq, type TrialBalance, type Wallet } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { check } from './check.ts';
import type { Http } from './http.ts';
import type { Delivery, Found, Order, OutboxRow, Payment, Step, Walked, WalletChange } from './step.ts';
import { findDeadLetter, findDelivery, findEntries, findOutboxRow } from './trail-table.ts';

export interface WalkOptions {
  readonly http: Http;
  /** The database behind the API; the walk only reads it. */
  readonly knex: Knex;
  readonly ledgerId: number;
  /** Told of each step as it ends. */
  onStep(step: Step): void;
  /** How long the payment may take to be finished, and its event to be settled, in ms. Default 30,000. */
  readonly patienceMs?: number;
}

const CHECK_OUT = { cartId: 1, kimchiIds: [1, 2, 3], buyerId: 1 };
const MEMBER = 1;
const ASK_EVERY_MS = 5;

/** One payment from check-out to trial balance. @throws Error that says where it got stuck, and what to look at */
export async function walk(options: WalkOptions): Promise<Walked> {
  const { http, knex, ledgerId, onStep, patienceMs = 30_000 } = options;
  const steps: Step[] = [];
  async function take<Name extends keyof Found>(step: Name, work: () => Promise<Found[Name]>) {
    const from = performance.now();
    const found = await work();
    const taken = { step, ms: tenths(performance.now() - from), found } as Step;
    steps.push(taken);
    onStep(taken);
    return found;
  }

  const order = await take('check-out', () => http.post<Order>('/api/check-out', CHECK_OUT));
  const [before, seqBefore] = await Promise.all([pendingOf(http, order), lastSeq(knex)]);
  const payment = await take('confirm', () => confirm(http, order, patienceMs));
  const event = await take('outbox', () => findEvent(knex, payment, seqBefore));
  await take('relay', () => untilSettled(knex, ledgerId, event, patienceMs));
  const entries = await take('journal', () => findEntries(knex, ledgerId, event.eventId));
  const wallets = await take('wallets', async () => compare(before, await pendingOf(http, order)));
  const totalMs = tenths(steps.reduce((sum, { ms }) => sum + ms, 0));
  const { totals } = await take('trial balance', async () => {
    const report = await http.get<TrialBalance>('/api/reports/trial-balance');
    return { asOf: report.asOf, totals: report.totals, outboxSeq: report.outboxSeq };
  });
  return { steps, totalMs, checks: check(order, entries, wallets, totals) };
}

/** Where the provider's answer is open, recovery finishes the payment; its state tells when. */
async function confirm(http: Http, { orderId, amount }: Order, patienceMs: number): Promise<Payment> {
  const first = await http.post<Payment>('/test/confirm', { orderId, amount, memberId: MEMBER });
  const path = `/api/payments/${encodeURIComponent(first.paymentKey)}`;
  const payment =
    first.status === 'confirming'
      ? await until(patienceMs, 100, async () => {
          const now = await http.get<Payment>(path);
          return now.status === 'confirming' ? undefined : now;
        })
      : first;
  if (payment?.status === 'done') return payment;
  throw new Error(`The payment is ${payment?.status ?? 'still being confirmed'}; ask for it at GET ${path}`);
}

/** It was committed before the confirm was answered, so it is there, or this is not the API's database. */
async function findEvent(knex: Knex, { paymentKey }: Payment, seqBefore: bigint): Promise<OutboxRow> {
  const event = await findOutboxRow(knex, paymentKey, seqBefore);
  if (event !== undefined) return event;
  throw new Error(
    'The outbox has no event of this payment: the database is not that of the API. Set DATABASE_URL to the database behind --url.',
  );
}

async function untilSettled(
  knex: Knex,
  ledgerId: number,
  { seq, eventId }: OutboxRow,
  patienceMs: number,
): Promise<Delivery> {
  const delivery = await until(patienceMs, ASK_EVERY_MS, async () => {
    const found = await findDelivery(knex, ledgerId, eventId);
    const reason = found === undefined ? await findDeadLetter(knex, ledgerId, eventId) : undefined;
    if (reason !== undefined) throw new Error(`Outbox ${seq} waits in dead letters: ${reason}`);
    return found;
  });
  if (delivery !== undefined) return delivery;
  throw new Error(
    `Outbox ${seq} was not applied within ${patienceMs / 1000} s. The payment is safe; see what holds up the relay: npx jangbu status`,
  );
}

async function pendingOf(http: Http, { lines }: Order): Promise<Map<string, string>> {
  const sellers = [...new Set(lines.map(({ sellerId }) => sellerId))].sort();
  const wallets = await Promise.all(sellers.map((id) => http.get<Wallet>(`/api/sellers/${id}/wallet`)));
  return new Map(wallets.map(({ sellerId, pending }) => [sellerId, pending]));
}

function compare(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): WalletChange[] {
  return [...after].map(([sellerId, pending]) => ({
    sellerId,
    before: before.get(sellerId) ?? '0',
    after: pending,
  }));
}

/** Asks until there is an answer; undefined when there is none in time. */
async function until<T>(
  patienceMs: number,
  everyMs: number,
  ask: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined || performance.now() > deadline) return answer;
    await new Promise((wake) => setTimeout(wake, everyMs));
  }
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
