import { z } from 'zod';
import { cleanLink, cleanText } from './clean-text.ts';
import type { Listing, Wanted } from './listing.ts';
import { readGrams } from './weight.ts';

/** Of the provider's answer, as much as is read. Fields that it gains are no trouble. */
const answerSchema = z.object({ items: z.array(z.unknown()) });
const itemSchema = z.object({
  title: z.string().min(1),
  link: z.string().default(''),
  image: z.string().default(''),
  mallName: z.string().default(''),
  lprice: z
    .union([z.string(), z.int()])
    .transform(String)
    .pipe(z.string().regex(/^[1-9]\d{0,9}$/)),
  productType: z.union([z.string(), z.int()]).transform(Number).default(1),
});

/**
 * The offers of an answer that are of the kind: a search by likeness finds others, and used and discontinued things (types from 4 on)
 * are no offers. Undefined where it is no answer to a search.
 */
export function readNaverAnswer(body: unknown, { kind }: Wanted): readonly Listing[] | undefined {
  const answer = answerSchema.safeParse(body);
  if (!answer.success) return undefined;
  const items = answer.data.items.flatMap((item) => itemSchema.safeParse(item).data ?? []);
  if (items.length === 0 && answer.data.items.length > 0) return undefined;
  return items
    .filter(({ productType }) => productType <= 3)
    .map((item) => ({
      title: cleanText(item.title),
      mallName: cleanText(item.mallName, 100),
      price: BigInt(item.lprice),
      grams: readGrams(cleanText(item.title)),
      url: cleanLink(item.link),
      imageUrl: cleanLink(item.image),
      kimchiId: undefined,
      sellerId: undefined,
    }))
    .filter(({ title }) => title.replaceAll(' ', '').toLowerCase().includes(kind));
}

const errorSchema = z.object({ errorCode: z.string().max(20) });

/** The provider's own code of an error; undefined where the body is none of its errors. */
export function naverErrorCode(body: unknown): string | undefined {
  return errorSchema.safeParse(body).data?.errorCode;
}
