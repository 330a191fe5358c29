import type { Knex } from 'knex';
import {
  type Block,
  digestOfBlock,
  digestOfEntry,
  GENESIS,
  memberCount,
  splitMembers,
} from '../chain/block.ts';
import { readBlocksAfter, readIds, readSealable } from '../chain/chain-table.ts';
import { toEntryId } from '../journal/entry-id.ts';
import { type Check, type Finding, MOST_FINDINGS } from './finding.ts';

/** A block whose digest was kept outside the database, so that not even its administrator can rewrite the chain up to it unseen. */
export interface Anchor {
  readonly block: bigint;
  /** 64 hexadecimal digits. */
  readonly digest: string;
}

export interface ChainCheck extends Check {
  readonly chain: { readonly blocks: number; readonly entries: number };
}

/** What is visible below the head and in no block may still be sealed as late, for so long. */
const LATE_ALLOWANCE_MS = 180_000;
const BLOCKS_AT_ONCE = 50;
const IDS_AT_ONCE = 5_000;

/**
 * Invariant 8: the chain is unbroken, and what it sealed is what is stored. Recomputes every block from the stored rows, one block
 * at a time, so memory does not grow with the journal.
 */
export async function checkChain(
  trx: Knex,
  ledgerId: number,
  now: Date,
  anchor: Anchor | undefined,
): Promise<ChainCheck> {
  const findings: Finding[] = [];
  // By id, the block in whose range an entry stands that the block does not hold.
  const strangers = new Map<string, Block>();
  let previous: Pick<Block, 'number' | 'digest' | 'lastEntryId'> = GENESIS;
  let anchored = anchor === undefined;
  let entries = 0;
  for (;;) {
    const blocks = await readBlocksAfter(trx, ledgerId, previous.number, BLOCKS_AT_ONCE);
    if (blocks.length === 0) break;
    for (const block of blocks) {
      findings.push(...(await checkBlock(trx, ledgerId, block, previous, strangers)));
      entries += memberCount(block.members) + block.lateEntries.length;
      if (block.number === anchor?.block)
        anchored = block.digest.toString('hex') === anchor.digest.toLowerCase();
      previous = block;
    }
    if (findings.length >= MOST_FINDINGS) break;
  }
  findings.push(...neverSealed(strangers, now));
  if (!anchored)
    findings.push({
      invariant: 8,
      where: `block ${anchor?.block}`,
      detail: 'is not the one that was anchored',
    });
  return {
    counted: {},
    chain: { blocks: Number(previous.number), entries },
    findings: findings.slice(0, MOST_FINDINGS),
  };
}

async function checkBlock(
  trx: Knex,
  ledgerId: number,
  block: Block,
  previous: Pick<Block, 'number' | 'digest' | 'lastEntryId'>,
  strangers: Map<string, Block>,
): Promise<Finding[]> {
  const broken = (detail: string): Finding => ({ invariant: 8, where: `block ${block.number}`, detail });
  const findings: Finding[] = [];
  if (block.number !== previous.number + 1n) findings.push(broken(`follows block ${previous.number}`));
  if (!block.previousDigest.equals(previous.digest))
    findings.push(broken('does not continue the block before it'));
  if (!block.afterEntryId.equals(previous.lastEntryId))
    findings.push(broken('leaves a gap after the block before it'));

  const ids = await readRange(trx, ledgerId, block);
  const { members, late } = splitMembers(
    ids.map((entryId) => ({ entryId })),
    block.members,
  );
  for (const { entryId } of late) strangers.set(entryId.toString('hex'), block);
  for (const id of block.lateEntries) {
    if (!strangers.delete(id.toString('hex')))
      findings.push(broken(`calls ${toEntryId(id)} late, which was not missing`));
  }
  const expected = memberCount(block.members);
  if (members.length !== expected)
    return [...findings, broken(`holds ${expected} entries, of which ${members.length} are there`)];

  const sealed = [
    ...(await readSealable(
      trx,
      ledgerId,
      members.map(({ entryId }) => entryId),
    )),
    ...(await readSealable(trx, ledgerId, block.lateEntries)),
  ];
  if (!digestOfBlock(block, sealed.map(digestOfEntry)).equals(block.digest))
    findings.push(broken('does not have the digest of what is stored: an entry or a line was changed'));
  return findings;
}

async function readRange(
  trx: Knex,
  ledgerId: number,
  { afterEntryId, lastEntryId }: Block,
): Promise<Buffer[]> {
  const found: Buffer[] = [];
  for (let after = afterEntryId; ; ) {
    const ids = await readIds(trx, ledgerId, { after, upTo: lastEntryId, limit: IDS_AT_ONCE });
    found.push(...ids);
    const last = ids.at(-1);
    if (last === undefined || ids.length < IDS_AT_ONCE) return found;
    after = last;
  }
}

/** Entries that stand in a sealed range, that no block holds, and that are no longer young enough to be merely late. */
function neverSealed(strangers: ReadonlyMap<string, Block>, now: Date): Finding[] {
  return [...strangers]
    .filter(([, { sealedAt }]) => now.getTime() - sealedAt.getTime() > LATE_ALLOWANCE_MS)
    .map(([id, { number }]) => ({
      invariant: 8,
      where: `entry ent_${id}`,
      detail: `stands in the range of block ${number}, which was sealed without it, and in no later block`,
    }));
}
