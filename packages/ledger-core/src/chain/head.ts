import type { EntryId } from '../journal/entry.ts';
import { toEntryId } from '../journal/entry-id.ts';
import type { Block } from './block.ts';

/** The chain's last block. Whoever keeps block and digest elsewhere can prove later that nothing up to here was changed. */
export interface ChainHead {
  readonly block: bigint;
  /** SHA-256, 64 hexadecimal digits. */
  readonly digest: string;
  readonly lastEntryId: EntryId;
  readonly sealedAt: Date;
}

export function toChainHead({ number, digest, lastEntryId, sealedAt }: Block): ChainHead {
  return { block: number, digest: digest.toString('hex'), lastEntryId: toEntryId(lastEntryId), sealedAt };
}
