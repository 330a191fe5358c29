import { describe, expect, it } from '@jest/globals';
import type { Listing } from '../../src/prices/listing.ts';
import { type PriceSource, PriceSourceError } from '../../src/prices/price-source.ts';

export interface SourceUnderTest {
  readonly source: () => PriceSource;
  /** A kind that it has offers of. */
  readonly kind: string;
  /** A source of the same sort whose other side is gone. */
  readonly broken: () => PriceSource;
}

/** What every price source has to be, so that one can take another's place. */
export function priceSourceSuite(name: string, { source, kind, broken }: SourceUnderTest): void {
  const wanted = { kind, grams: 1_000 };
  const never = () => new AbortController().signal;

  describe(`${name} as a price source`, () => {
    it('finds offers of the kind, of any weight, as plain text and whole won', async () => {
      const listings = await source().find(wanted, never());
      expect(listings.length).toBeGreaterThan(1);
      for (const listing of listings) expectSound(listing, kind);
    });

    it('finds the same without a weight', async () => {
      const listings = await source().find({ kind, grams: undefined }, never());
      expect(listings.length).toBeGreaterThan(1);
    });

    it.each(['없는김치', '%', "' OR 1=1 --", '_', '🌶'.repeat(20)])('finds nothing of %s', async (unknown) => {
      expect(await source().find({ kind: unknown, grams: undefined }, never())).toEqual([]);
    });

    it('gives up when it is told to', async () => {
      await expect(source().find(wanted, AbortSignal.abort())).rejects.toThrow(PriceSourceError);
      const aborting = new AbortController();
      const finding = source().find(wanted, aborting.signal);
      aborting.abort();
      await expect(finding).rejects.toMatchObject({ kind: 'trouble' });
    });

    it('says that it is in trouble when its other side is gone', async () => {
      const gone = broken();
      try {
        await expect(gone.find(wanted, never())).rejects.toMatchObject({
          name: 'PriceSourceError',
          kind: 'trouble',
        });
      } finally {
        gone.close();
      }
    });
  });
}

function expectSound({ title, mallName, price, grams, url, imageUrl }: Listing, kind: string): void {
  expect(title.replaceAll(' ', '')).toContain(kind);
  expect(`${title}${mallName}`).not.toMatch(/[<>]|&(amp|lt|gt|quot|#\d+);/);
  expect(price > 0n).toBe(true);
  expect(grams === undefined || (Number.isSafeInteger(grams) && grams > 0)).toBe(true);
  for (const link of [url, imageUrl]) expect(link ?? 'https://').toMatch(/^https?:\/\//);
}
