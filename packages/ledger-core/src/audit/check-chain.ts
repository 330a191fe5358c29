import type { Knex } from 'knex';
import { type Block, digestOfBlock, digestOfEntry, GENESIS, isMember, memberCount } from '../chain/block.ts';
import { readBlocksAfter } from '../chain/chain-table.ts';
import { toEntryId } from '../journal/entry-id.ts';
import type { StoredEntry } from '../journal/stored-entries-table.ts';
import { type Finding, MOST_FINDINGS } from './finding.ts';

/** A block whose digest was kept outside the database, so that not even its administrator can rewrite the chain up to it unseen. */
export interface Anchor {
  readonly block: bigint;
  /** 64 hexadecimal digits. */
  readonly digest: string;
}

/** Told of every entry in the order of the ids; holds the digests of one block at a time. */
export interface ChainCheck {
  take(entries: readonly StoredEntry[]): Promise<void>;
  /** After the last entry. */
  finish(): Promise<{ blocks: number; entries: number; findings: Finding[] }>;
}

/** An entry that stands in the range of a block, which does not hold it. */
interface Stranger {
  readonly digest: Buffer;
  readonly block: Block;
}

/** What is visible below the head and in no block may still be sealed as late, for so long. */
const LATE_ALLOWANCE_MS = 180_000;
const BLOCKS_AT_ONCE = 50;

/** Invariant 8: the chain is unbroken, and what it sealed is what is stored. Recomputes every block from the stored rows. */
export function createChainCheck(
  trx: Knex,
  ledgerId: number,
  now: Date,
  anchor: Anchor | undefined,
): ChainCheck {
  const findings: Finding[] = [];
  const strangers = new Map<string, Stranger>();
  let previous: Pick<Block, 'number' | 'digest' | 'lastEntryId'> = GENESIS;
  let waiting: Block[] = [];
  /** Of the members of the first waiting block that have come by. */
  let digests: Buffer[] = [];
  let anchored = anchor === undefined;
  let entries = 0;

  async function currentBlock(): Promise<Block | undefined> {
    if (waiting.length === 0) waiting = await readBlocksAfter(trx, ledgerId, previous.number, BLOCKS_AT_ONCE);
    return waiting[0];
  }

  /** The block in whose range an entry stands; those below it are closed. */
  async function blockOver(entryId: Buffer): Promise<Block | undefined> {
    for (;;) {
      const block = await currentBlock();
      if (block === undefined || entryId.compare(block.lastEntryId) <= 0) return block;
      closeBlock(block);
    }
  }

  function closeBlock(block: Block): void {
    if (findings.length < MOST_FINDINGS)
      findings.push(...brokenLinks(block, previous), ...brokenContent(block, digests, takeLate(block)));
    entries += memberCount(block.members) + block.lateEntries.length;
    if (block.number === anchor?.block)
      anchored = block.digest.toString('hex') === anchor.digest.toLowerCase();
    previous = block;
    waiting.shift();
    digests = [];
  }

  /** The digests of what the block holds of earlier ranges; undefined for what was not missing there. */
  function takeLate({ lateEntries }: Block): (Buffer | undefined)[] {
    return lateEntries.map((id) => {
      const key = id.toString('hex');
      const digest = strangers.get(key)?.digest;
      strangers.delete(key);
      return digest;
    });
  }

  return {
    async take(page) {
      for (const entry of page) {
        const block = await blockOver(entry.entryId);
        // What stands above the last block is not sealed yet.
        if (block === undefined) return;
        const digest = digestOfEntry(entry);
        if (isMember(block.members, digests.length, entry.entryId)) digests.push(digest);
        else strangers.set(entry.entryId.toString('hex'), { digest, block });
      }
    },
    async finish() {
      for (let block = await currentBlock(); block !== undefined; block = await currentBlock())
        closeBlock(block);
      findings.push(...neverSealed(strangers, now));
      if (!anchored)
        findings.push({
          invariant: 8,
          where: `block ${anchor?.block}`,
          detail: 'is not the one that was anchored',
        });
      return { blocks: Number(previous.number), entries, findings: findings.slice(0, MOST_FINDINGS) };
    },
  };
}

function brokenLinks(block: Block, previous: Pick<Block, 'number' | 'digest' | 'lastEntryId'>): Finding[] {
  const findings: Finding[] = [];
  if (block.number !== previous.number + 1n) findings.push(broken(block, `follows block ${previous.number}`));
  if (!block.previousDigest.equals(previous.digest))
    findings.push(broken(block, 'does not continue the block before it'));
  if (!block.afterEntryId.equals(previous.lastEntryId))
    findings.push(broken(block, 'leaves a gap after the block before it'));
  return findings;
}

function brokenContent(
  block: Block,
  members: readonly Buffer[],
  late: readonly (Buffer | undefined)[],
): Finding[] {
  const findings = block.lateEntries.flatMap((id, index) =>
    late[index] === undefined ? [broken(block, `calls ${toEntryId(id)} late, which was not missing`)] : [],
  );
  const expected = memberCount(block.members);
  if (members.length !== expected)
    findings.push(broken(block, `holds ${expected} entries, of which ${members.length} are there`));
  else if (
    !digestOfBlock(block, [...members, ...late.filter((one) => one !== undefined)]).equals(block.digest)
  )
    findings.push(
      broken(block, 'does not have the digest of what is stored: an entry or a line was changed'),
    );
  return findings;
}

function broken({ number }: Block, detail: string): Finding {
  return { invariant: 8, where: `block ${number}`, detail };
}

/** Entries that stand in a sealed range, that no block holds, and that are no longer young enough to be merely late. */
function neverSealed(strangers: ReadonlyMap<string, Stranger>, now: Date): Finding[] {
  return [...strangers]
    .filter(([, { block }]) => now.getTime() - block.sealedAt.getTime() > LATE_ALLOWANCE_MS)
    .map(([id, { block }]) => ({
      invariant: 8,
      where: `entry ent_${id}`,
      detail: `stands in the range of block ${block.number}, which was sealed without it, and in no later block`,
    }));
}
