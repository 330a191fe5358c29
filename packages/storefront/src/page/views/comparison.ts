import type { Schemas } from '@jangbu/client';
import { api } from '../api.ts';
import { fill, h } from '../dom.ts';
import { age, count, grams, won } from '../text/format.ts';
import { t } from '../text/language.ts';

type Listing = Schemas['PriceListing'];
type LowestPrice = Schemas['LowestPrice'];

const JUST_NOW_SECONDS = 10;

/** The place where the comparison appears: other malls may be slow, and nothing waits for them. */
export function comparison(kimchiId: number, signal: AbortSignal): HTMLElement {
  const text = t();
  const body = h('div', { role: 'status' }, h('p', { class: 'minor' }, text.comparing));
  api.get('/api/kimchi/{kimchiId}/lowest-price', { params: { kimchiId }, signal }).then(
    (prices) => fill(body, ...compared(prices)),
    () => {
      if (!signal.aborted) fill(body, h('p', { class: 'note warm' }, text.compareFailed));
    },
  );
  return h('section', { class: 'panel comparison' }, h('h2', {}, text.compareTitle), body);
}

function compared(prices: LowestPrice): HTMLElement[] {
  const text = t();
  const { lowest, ourPrice, listings, listingCount, source, ageSeconds } = prices;
  const told = text.fromSource(text.sources[source], ago(ageSeconds));
  return [
    ...degradation(prices),
    ...(lowest === null
      ? [h('p', {}, text.nothingToCompare)]
      : [
          h('p', { class: 'verdict' }, verdict(prices)),
          h(
            'dl',
            { class: 'facts' },
            ...fact(text.ourPrice, won(ourPrice)),
            ...fact(text.lowestElsewhere, priceOf(lowest, prices)),
          ),
        ]),
    ...(listings.length === 0
      ? []
      : [table(prices, text.listingsFound(count(listings.length), count(listingCount)))]),
    h('p', { class: 'minor' }, told),
  ];
}

/** What is seconds old is of now. */
function ago(ageSeconds: number): string {
  const text = t();
  return ageSeconds < JUST_NOW_SECONDS ? text.justNow : text.ago(age(ageSeconds));
}

function degradation({ degraded, source, ageSeconds }: LowestPrice): HTMLElement[] {
  const text = t();
  if (!degraded) return [];
  const said = source === 'mall' ? text.degradedFresh : text.degraded(age(ageSeconds));
  return [h('p', { class: 'note warm' }, said)];
}

function verdict({ difference }: LowestPrice): string {
  const text = t();
  if (difference === null || difference === 0) return text.weAreSame;
  return difference < 0 ? text.weAreCheapest(won(-difference)) : text.elsewhereCheaper(won(difference));
}

function fact(term: string, value: string): HTMLElement[] {
  return [h('dt', {}, term), h('dd', {}, value)];
}

/** What the listing's order goes by, where it is not the price itself. */
function byOurWeight(
  { price, priceForOurWeight }: Listing,
  { grams: ours }: LowestPrice,
): HTMLElement | false {
  if (priceForOurWeight === null || ours === null || priceForOurWeight === price) return false;
  return h('span', { class: 'minor' }, `${t().byWeight(grams(ours))} ${won(priceForOurWeight)}`);
}

/** For as much as ours weighs, where both weights are known. */
function priceOf({ price, priceForOurWeight }: Listing, { grams: ours }: LowestPrice): string {
  if (priceForOurWeight === null || ours === null) return won(price);
  return `${won(priceForOurWeight)} (${t().byWeight(grams(ours))})`;
}

function table(prices: LowestPrice, caption: string): HTMLElement {
  const text = t();
  return h(
    'details',
    {},
    h('summary', {}, caption),
    h(
      'table',
      {},
      h(
        'thead',
        {},
        h('tr', {}, h('th', { scope: 'col' }, text.product), h('th', { scope: 'col' }, text.price)),
      ),
      h(
        'tbody',
        {},
        ...prices.listings.map((listing) =>
          h(
            'tr',
            {},
            h(
              'td',
              {},
              listing.kimchiId === null
                ? listing.title
                : h('a', { href: `/kimchi/${listing.kimchiId}` }, listing.title),
              h('span', { class: 'minor' }, listing.mallName),
            ),
            h('td', { class: 'figure' }, won(listing.price), byOurWeight(listing, prices)),
          ),
        ),
      ),
    ),
  );
}
