import { isDate } from 'node:util/types';
import { describeRefused, LedgerError, type LedgerErrorCode } from '../errors.ts';

/** Whose metadata it is: what refusing it is called, and how long and deep it may be. */
export interface MetadataOwner {
  readonly code: LedgerErrorCode;
  readonly mostBytes: number;
  readonly mostLevels: number;
}

/** An entry's column holds one byte less than 64 KiB. */
const ENTRY: MetadataOwner = { code: 'entry_malformed', mostBytes: 65_535, mostLevels: 100 };

/** Where in the metadata we are, and what may still come. */
interface Walk {
  readonly owner: MetadataOwner;
  readonly path: (string | number)[];
  readonly ancestors: Set<object>;
  /** Each value costs a byte at least, so that neither a shared nor an endless value can cost more time than its text may. */
  bytesLeft: number;
}

/**
 * Metadata as JSON whose keys are in order, so that equal metadata gives equal text. It says what `JSON.stringify` says, and
 * refuses what that would drop, null or fail at, because what is stored for good should not differ silently from what was given.
 * @throws LedgerError `entry_malformed`, or the owner's code, with the `path` of what is no JSON
 */
export function canonicalMetadata(
  metadata: Readonly<Record<string, unknown>> | undefined,
  owner: MetadataOwner = ENTRY,
): string | null {
  if (metadata === undefined) return null;
  const walk: Walk = { owner, path: [], ancestors: new Set(), bytesLeft: owner.mostBytes };
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata))
    throw refused(walk, `is an object, not ${describeRefused(metadata)}`);
  const text = JSON.stringify(canonical(metadata, walk));
  if (Buffer.byteLength(text) > owner.mostBytes) throw tooLong(walk);
  return text;
}

function canonical(given: unknown, walk: Walk): unknown {
  spend(1, walk);
  const value = hasToJson(given) ? given.toJSON() : given;
  if (typeof value === 'string') return wellFormed(value, walk);
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value === 'object') return container(value, walk);
  throw refused(walk, `is JSON, which cannot hold ${describeRefused(value)}`);
}

function container(value: object, walk: Walk): unknown {
  const { ancestors, owner } = walk;
  if (ancestors.has(value)) throw refused(walk, 'is JSON, and refers to itself');
  if (ancestors.size === owner.mostLevels) throw refused(walk, `is nested ${owner.mostLevels} deep at most`);
  ancestors.add(value);
  const copy = Array.isArray(value)
    ? Array.from(value, (inner: unknown, index) => at(index, inner, walk))
    : members(value, walk);
  ancestors.delete(value);
  return copy;
}

function members(value: object, walk: Walk): Record<string, unknown> {
  // A Map, say, would come out as {}.
  if (Object.prototype.toString.call(value) !== '[object Object]')
    throw refused(walk, `is JSON, which cannot hold a ${value.constructor?.name ?? 'foreign object'}`);
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(
    entries
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [wellFormed(key, walk), at(key, inner, walk)]),
  );
}

function at(step: string | number, inner: unknown, walk: Walk): unknown {
  walk.path.push(step);
  const copy = canonical(inner, walk);
  walk.path.pop();
  return copy;
}

function wellFormed(text: string, walk: Walk): string {
  spend(text.length, walk);
  if (!text.isWellFormed()) throw refused(walk, 'is text without lone surrogates');
  return text;
}

function spend(bytes: number, walk: Walk): void {
  walk.bytesLeft -= bytes;
  if (walk.bytesLeft < 0) throw tooLong(walk);
}

/** What says itself how it stands in JSON: a Date, a Decimal. A Date that is no instant would say null. */
function hasToJson(value: unknown): value is { toJSON(): unknown } {
  if (isDate(value)) return !Number.isNaN(value.getTime());
  return typeof (value as { toJSON?: unknown } | null | undefined)?.toJSON === 'function';
}

function tooLong(walk: Walk): LedgerError {
  return refused({ ...walk, path: [] }, `is JSON of at most ${walk.owner.mostBytes} bytes`);
}

function refused({ path, owner }: Walk, rule: string): LedgerError {
  const place = ['metadata', ...path].join('.').slice(0, 200);
  return new LedgerError(owner.code, `${place} ${rule}.`, { field: 'metadata', path: place });
}
