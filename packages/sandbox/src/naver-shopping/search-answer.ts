import type { Offer } from './offers.ts';
import type { SearchRequest } from './search-request.ts';

/** Naver's answer to a search: prices are text, and titles are HTML with the words of the query in bold. */
export function searchAnswer(
  request: SearchRequest,
  offers: readonly Offer[],
  now: Date,
): Record<string, unknown> {
  const found = ordered(
    offers.filter(
      ({ leftOutBy, hasNaverPay }) =>
        !(leftOutBy !== undefined && request.excluded.has(leftOutBy)) &&
        (hasNaverPay || !request.onlyNaverPay),
    ),
    request.sort,
  );
  const items = found.slice(request.start - 1, request.start - 1 + request.display);
  return {
    lastBuildDate: rfc822(now),
    total: found.length,
    start: request.start,
    display: items.length,
    items: items.map((offer) => itemView(offer, request.query)),
  };
}

function ordered(offers: readonly Offer[], sort: SearchRequest['sort']): readonly Offer[] {
  if (sort === 'asc') return offers.toSorted((a, b) => a.price - b.price);
  if (sort === 'dsc') return offers.toSorted((a, b) => b.price - a.price);
  return sort === 'date' ? offers.toReversed() : offers;
}

function itemView(offer: Offer, query: string): Record<string, string> {
  return {
    title: boldTitle(offer.title, query),
    link: `https://search.shopping.naver.com/catalog/${offer.productId}`,
    image: `https://shopping-phinf.pstatic.net/main_${offer.productId.slice(0, 7)}/${offer.productId}.jpg`,
    lprice: String(offer.price),
    hprice: '',
    mallName: offer.mallName,
    productId: offer.productId,
    productType: String(offer.productType),
    brand: offer.brand,
    maker: offer.maker,
    category1: '식품',
    category2: '김치',
    category3: offer.kind,
    category4: '',
  };
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function boldTitle(title: string, query: string): string {
  const words = new Set(query.split(/\s+/));
  return title
    .split(' ')
    .map((word) => {
      const safe = word.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
      return words.has(word) ? `<b>${safe}</b>` : safe;
    })
    .join(' ');
}

/** `Thu, 26 Nov 2026 15:30:00 +0900`, on Korea's clock. */
function rfc822(instant: Date): string {
  const korea = new Date(instant.getTime() + 9 * 60 * 60 * 1000);
  return korea.toUTCString().replace('GMT', '+0900');
}
