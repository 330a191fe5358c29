import type { Schemas } from '@jangbu/client';
import { api } from '../api.ts';
import { fill, h } from '../dom.ts';
import { count, instant, seconds, won } from '../text/format.ts';
import { t } from '../text/language.ts';

type Order = Schemas['OrderState'];
type Me = Schemas['Me'];
type SettlementEvent = Schemas['SettlementEvent'];
type Wallet = Schemas['Wallet'];

export interface LiveSettlement {
  readonly node: HTMLElement;
  leave(): void;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 3_000;
/** A cancel or a late relay may bring more; nobody watches for longer. */
const WATCHED_MS = 10 * 60_000;

/** Shows how the order's money goes from the payment to the sellers' wallets, while it does. */
export function settlement(
  order: Order,
  { me, signal }: { readonly me: Me | undefined; readonly signal: AbortSignal },
): LiveSettlement {
  const text = t();
  const summary = h('p', { role: 'status' }, text.settlementWaiting);
  const body = h('div', {});
  const left = new AbortController();
  const ending = AbortSignal.any([signal, left.signal, AbortSignal.timeout(WATCHED_MS)]);
  void watch();

  async function watch(): Promise<void> {
    for (let pause = FIRST_PAUSE_MS; !ending.aborted; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
      const events = await ask();
      if (events !== undefined) await show(events);
      if (events !== undefined && events.length > 0 && events.every(isOver)) return;
      await new Promise((wake) => setTimeout(wake, pause));
    }
  }

  /** Undefined where there is no answer now; the next one tells. */
  async function ask(): Promise<readonly SettlementEvent[] | undefined> {
    try {
      const params = { orderId: order.orderId };
      return (await api.get('/api/orders/{orderId}/settlement', { params, signal: ending })).events;
    } catch {
      return undefined;
    }
  }

  async function show(events: readonly SettlementEvent[]): Promise<void> {
    const isSettled = events.length > 0 && events.every(isOver);
    const wallets = isSettled ? await readWallets(order, me, ending) : [];
    fill(summary, summaryOf(events));
    fill(body, ...events.map(stages), isSettled && walletsOf(wallets));
  }
  return {
    node: h(
      'section',
      { class: 'panel settlement' },
      h('h2', {}, text.settlementTitle),
      h('p', { class: 'minor' }, text.settlementLead),
      summary,
      body,
    ),
    leave: () => left.abort(),
  };
}

function isOver({ state }: SettlementEvent): boolean {
  return state === 'applied' || state === 'discarded';
}

function summaryOf(events: readonly SettlementEvent[]): string {
  const text = t();
  const last = events.at(-1);
  if (events.some(({ state }) => state === 'held')) return text.settlementHeld;
  if (last === undefined || last.appliedAt === null) return text.settlementWaiting;
  return text.settlementSettled(seconds(Date.parse(last.appliedAt) - Date.parse(last.writtenAt)));
}

/** One event's way, stage by stage; what has not come yet is there as well, so that nothing moves when it does. */
function stages(event: SettlementEvent): HTMLElement {
  const text = t();
  const { seq, eventType, writtenAt, appliedAt, source, entryCount, entries } = event;
  const title = eventType === 'PaymentCancelled' ? text.stageCancelled : text.stagePaid;
  const via = source === 'kafka' ? text.viaKafka : text.viaEmbedded;
  return h(
    'div',
    {},
    h(
      'ol',
      { class: 'stages' },
      stage(title, instant(writtenAt), true),
      stage(text.stageEvent, text.stageEventDetail(seq), true),
      appliedAt === null
        ? stage(text.stageApplied, text.stageOpen, false)
        : stage(text.stageApplied, text.stageAppliedDetail(count(entryCount), via), true),
    ),
    entries !== null && entries.length > 0 && entriesOf(entries),
  );
}

function stage(title: string, detail: string, isDone: boolean): HTMLElement {
  return h(
    'li',
    { class: isDone ? 'done' : 'open' },
    h('strong', {}, title),
    h('span', { class: 'minor' }, detail),
  );
}

function entriesOf(entries: readonly Schemas['SettlementEntry'][]): HTMLElement {
  const text = t();
  return h(
    'details',
    {},
    h('summary', {}, text.entriesTitle(count(entries.length))),
    ...entries.map((entry) =>
      h(
        'table',
        { class: 'ledger' },
        h('caption', {}, entry.description),
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            ...[text.account, text.debit, text.credit].map((name) => h('th', { scope: 'col' }, name)),
          ),
        ),
        h(
          'tbody',
          {},
          ...entry.lines.map(({ account, side, amount }) =>
            h(
              'tr',
              {},
              h('td', {}, account),
              h('td', { class: 'figure' }, side === 'debit' ? count(Number(amount)) : ''),
              h('td', { class: 'figure' }, side === 'credit' ? count(Number(amount)) : ''),
            ),
          ),
        ),
      ),
    ),
  );
}

/** Wallets are the business of sellers and of who keeps the books; others see what they sold. */
async function readWallets(
  { lines }: Order,
  me: Me | undefined,
  signal: AbortSignal,
): Promise<readonly Wallet[]> {
  if (!me?.roles.some((role) => role === 'accountant' || role === 'operator')) return [];
  const sellers = [...new Set(lines.map(({ sellerId }) => sellerId))].sort();
  return Promise.all(
    sellers.map((sellerId) => api.get('/api/sellers/{sellerId}/wallet', { params: { sellerId }, signal })),
  ).catch(() => []);
}

function walletsOf(wallets: readonly Wallet[]): HTMLElement | false {
  const text = t();
  if (wallets.length === 0) return false;
  return h(
    'div',
    { class: 'wallets' },
    h('h3', {}, text.stageWallets),
    h(
      'dl',
      { class: 'facts' },
      ...wallets.flatMap(({ sellerId, pending }) => [
        h('dt', {}, text.seller(sellerId)),
        h('dd', {}, text.walletPending(won(Number(pending)))),
      ]),
    ),
  );
}
