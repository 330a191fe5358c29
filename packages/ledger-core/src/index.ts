export type {
  Account,
  AccountDetails,
  AccountOpening,
  AccountStatus,
  AccountType,
  Side,
} from './accounts/account.ts';
export { normalSide } from './accounts/account.ts';
export type {
  AccountAction,
  AccountChange,
  AccountDecision,
  LimitChange,
} from './accounts/account-change.ts';
export type { AccountChanger } from './accounts/change-account.ts';
export type { AccountFilter, AccountPage } from './accounts/list-accounts.ts';
export { type ArchivedRange, type ArchiveOptions, archiveOutbox } from './archive/archive-outbox.ts';
export { type ArchivedPart, lastTrimmedSeq } from './archive/archives-table.ts';
export { type ExtendOptions, extendOutbox } from './archive/extend-outbox.ts';
export { checkArchive, type OutboxPart, type OutboxParts, readOutboxParts } from './archive/outbox-parts.ts';
export type { Partition } from './archive/partitions-table.ts';
export { type TrimDecision, type TrimOptions, trimOutbox } from './archive/trim-outbox.ts';
export type { Anchor } from './audit/check-chain.ts';
export type { Check, Checked, Finding, FurtherCheck, Verification } from './audit/finding.ts';
export type { VerifyOptions } from './audit/verify.ts';
export type { ChainHead } from './chain/head.ts';
export type { SealResult } from './chain/seal.ts';
export { acquireLeaderLock, type LeaderLock, type LeaderLockOptions } from './database/leader-lock.ts';
export { assertMigrated, LEDGER_MIGRATIONS, type MigrateOptions, migrate } from './database/migrations.ts';
export { isConnectionLoss, isContention, isFull, isMysqlError, isReadOnly } from './database/mysql-errors.ts';
export { type DatabaseOptions, openDatabase } from './database/open-database.ts';
export {
  type DatabaseUser,
  grantReplicationUser,
  grantRuntimeUser,
  MAINTENANCE_PRIVILEGES,
  RUNTIME_PRIVILEGES,
} from './database/privileges.ts';
export { inTransaction, type RetryOptions } from './database/transaction.ts';
export { isLedgerError, LedgerError, type LedgerErrorCode } from './errors.ts';
export { type Exchange, exchangeLines } from './exchange/exchange-lines.ts';
export { type TradingAccounts, tradingAccounts } from './exchange/trading-accounts.ts';
export type {
  Capture,
  CaptureRequest,
  Hold,
  HoldLine,
  HoldRequest,
  HoldStatus,
  PlacedHold,
} from './holds/hold.ts';
export { type Batch, type BatchResult, type Lead, takeLead } from './inbox/apply-batch.ts';
export {
  type LetterResolution,
  markLettersPublished,
  readUnpublishedLetters,
  type StoredLetter,
} from './inbox/dead-letters-table.ts';
export { deleteGaps, type Gap, readGaps } from './inbox/gaps-table.ts';
export {
  createHandlers,
  type EventWork,
  type Handler,
  type HandlerRegistry,
  type Handlers,
  type HandlersOptions,
  type Plan,
} from './inbox/handler.ts';
export { lastAppliedSeq } from './inbox/inbox-table.ts';
export { refusing } from './inbox/isolate.ts';
export {
  claimPartitions,
  finishEvents,
  leadLockName,
  lifeLockName,
  type RelayLife,
  readAttempts,
  releasePartitions,
  startEvents,
} from './inbox/lives-table.ts';
export {
  type ConsumerKey,
  type PartitionKey,
  type Place as PartitionPlace,
  readOffsets,
  type StoredOffset,
} from './inbox/offsets-table.ts';
export type { LetterDecision, RetryResult } from './inbox/retry-letters.ts';
export { type Composing, compose, type EntryHead, type Transfer, transfer } from './journal/compose.ts';
export type { Outcome } from './journal/decide-groups.ts';
export {
  credit,
  debit,
  type Entry,
  type EntryId,
  type HoldId,
  type LimitOverride,
  type Line,
  type PostedEntry,
} from './journal/entry.ts';
export { ENTRY_AGGREGATE, ENTRY_REQUESTED, postRequestedEntry } from './journal/post-later.ts';
export { createLedger, type Ledger, type LedgerOptions } from './ledger.ts';
export type { LedgerReader } from './ledger-reader.ts';
export type { LedgerInTransaction, LedgerWriter } from './ledger-writer.ts';
export {
  addMoney,
  compareMoney,
  isZero,
  multiplyMoney,
  negateMoney,
  subtractMoney,
  sumMoney,
} from './money/arithmetic.ts';
export { type Currency, currency, exponentOf, registerCurrency } from './money/currency.ts';
export {
  formatMoney,
  type Money,
  type MoneyJson,
  minorUnits,
  money,
  moneyFromJson,
  moneyToJson,
} from './money/money.ts';
export type { Rate } from './money/rates.ts';
export {
  convert,
  portion,
  type RoundingMode,
  splitByPercentages,
  splitByWeights,
  splitVatInclusive,
  type VatSplit,
} from './money/rounding.ts';
export { appendEvents } from './outbox/append.ts';
export {
  type BinlogLoss,
  lastBinlogLoss,
  notePosition,
  type PositionChange,
} from './outbox/connector-positions-table.ts';
export type { DeliveredEvent, NewEvent } from './outbox/event.ts';
export { isHeldOpen, lastSeq, readEvents, readEventsAt } from './outbox/outbox-table.ts';
export {
  lockReader,
  moveReader,
  type OutboxReader,
  type ReaderPosition,
  readReaders,
} from './outbox/readers-table.ts';
export { EMBEDDED_TOPIC, sourceOfTopic } from './outbox/source-topic.ts';
export { businessDay, type Day, parseDay } from './periods/business-day.ts';
export type { ClosedPeriod, PeriodChange, PeriodDecision, PeriodTotal } from './periods/period.ts';
export { isRangeHeldOpen } from './replay/events-table.ts';
export { parsePlace, type ReplayPlace, seqOfPlace } from './replay/place.ts';
export { previewReplay, type ReplayPreview } from './replay/preview.ts';
export { type ProceedOptions, proceedReplay, type ReplayProgress } from './replay/proceed.ts';
export type { ReplayCounts, ReplayKind, ReplayRange, ReplayRun } from './replay/run.ts';
export { type ReplayRunJson, replayJson } from './replay/run-json.ts';
export {
  beginReplay,
  cancelReplay,
  isReplayAtWork,
  type ReplayRequest,
  type ReplaySession,
  readReplay,
  readReplays,
  resumeReplay,
} from './replay/session.ts';
export type { AccountBalance } from './reports/balance.ts';
export type { Moment, PastBalance } from './reports/balance-at.ts';
export type { JournalEntry } from './reports/entry.ts';
export { advanceWatermark, type Lag } from './reports/lag.ts';
export {
  type AccountDifference,
  diffLedgers,
  type EntryDifference,
  type LedgerDiff,
  type Turnover,
} from './reports/ledger-diff.ts';
export type { Lineage } from './reports/lineage.ts';
export type { RelayActivity, RelayHolding } from './reports/relay-partitions.ts';
export { type RelayStatus, toRelayStatus } from './reports/relay-status.ts';
export type { SettlementDelay } from './reports/settlement-delay.ts';
export type { StatementLine, StatementOptions, StatementPage } from './reports/statement.ts';
export type { TrialBalance, TrialBalanceOptions, TrialBalanceRow } from './reports/trial-balance.ts';
export type { Wallet } from './reports/wallet.ts';
export type { Reversal, ReversalRequest } from './reversal/reversal.ts';
export { DEFAULT_FEE_POLICY, type FeePolicy, type SaleSplit, splitSale } from './settlement/fee-policy.ts';
export {
  PAYMENT_CANCELLED,
  type PaymentCancelled,
  paymentCancelledEvent,
  refundPayment,
} from './settlement/payment-cancelled.ts';
export {
  PAYMENT_CONFIRMED,
  type PaymentConfirmed,
  paymentConfirmedEvent,
  SETTLEMENT_CONSUMER,
  settlePayment,
} from './settlement/payment-confirmed.ts';
export { type RefundedShare, splitRefund } from './settlement/refund-split.ts';
export { SETTLEMENT_AGGREGATES, settlementHandlers } from './settlement/settlement-handlers.ts';
export type { LedgerNotice } from './watch/notice.ts';
export type { Watcher } from './watch/watchers.ts';
