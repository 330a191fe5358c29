import type { Knex } from 'knex';
import { canonicalMetadata } from '../journal/metadata.ts';
import { fromCursor, malformedQuery, pageLimit, toCursor } from '../paging/page.ts';
import {
  ACCOUNT_METADATA,
  type AccountDetails,
  type AccountStatus,
  type AccountType,
  isAccountStatus,
  isAccountType,
} from './account.ts';
import { type AccountSearch, searchAccounts } from './accounts-table.ts';

/** Which accounts to list: those that meet all of what is given. */
export interface AccountFilter {
  /** What their codes begin with, such as `liabilities:sellers:`. */
  prefix?: string;
  type?: AccountType;
  currency?: string;
  status?: AccountStatus;
  /**
   * What their metadata contains: these fields with these values, and of a list in it these members. No index leads to them: the
   * accounts of the prefix are looked at one by one.
   */
  metadata?: Readonly<Record<string, unknown>>;
  /** Goes on after a page: its `after`. */
  after?: string;
  /** How many at most, up to 1,000. Default 100. */
  limit?: number;
}

/** Accounts in the order of their codes. */
export interface AccountPage {
  readonly accounts: readonly AccountDetails[];
  /** The cursor with which the list goes on; null when it has ended. */
  readonly after: string | null;
}

const LIST = ['accounts'];
/** Sorts after every character that a code may have. */
const BEYOND = '~';

/** @throws LedgerError `query_malformed`, `cursor_malformed` */
export async function listAccounts(
  db: Knex,
  ledgerId: number,
  filter: AccountFilter = {},
): Promise<AccountPage> {
  const limit = pageLimit(filter.limit);
  const found = await searchAccounts(db, ledgerId, toSearch(filter), limit + 1);
  const accounts = found.slice(0, limit);
  const last = found.length > limit ? accounts.at(-1) : undefined;
  return { accounts, after: last === undefined ? null : toCursor(LIST, last.code) };
}

function toSearch({ prefix = '', type, currency, status, metadata, after }: AccountFilter): AccountSearch {
  if (typeof prefix !== 'string' || !/^[a-z0-9_:-]{0,191}$/.test(prefix))
    throw malformedQuery('prefix', prefix, 'is what an account code begins with');
  if (type !== undefined && !isAccountType(type)) throw malformedQuery('type', type, 'is a type of account');
  if (status !== undefined && !isAccountStatus(status))
    throw malformedQuery('status', status, 'is open, frozen or closed');
  if (currency !== undefined && !/^[A-Z0-9]{3,12}$/.test(currency))
    throw malformedQuery('currency', currency, 'is the code of a currency');
  return {
    from: prefix,
    after: after === undefined ? '' : fromCursor(LIST, after),
    before: `${prefix}${BEYOND}`,
    type: type ?? null,
    currency: currency ?? null,
    status: status ?? null,
    metadata: canonicalMetadata(metadata, { ...ACCOUNT_METADATA, code: 'query_malformed' }),
  };
}
