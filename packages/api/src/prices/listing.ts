/** An offer of a kind of kimchi, as it is found elsewhere. Nothing in it is ours: texts are plain text, and links lead anywhere. */
export interface Listing {
  readonly title: string;
  /** The shop that sells it. */
  readonly mallName: string;
  /** Won, as much as is asked for the whole offer. */
  readonly price: bigint;
  /** How much one gets for it, where the title says so plainly. */
  readonly grams: number | undefined;
  readonly url: string | undefined;
  readonly imageUrl: string | undefined;
  /** Of the mall's own listings. */
  readonly kimchiId: number | undefined;
  readonly sellerId: number | undefined;
}

/** What is looked for. */
export interface Wanted {
  /** Without blanks and weight, in lower case: `포기김치`. */
  readonly kind: string;
  readonly grams: number | undefined;
}
