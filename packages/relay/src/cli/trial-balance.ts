import type { TrialBalance } from '@jangbu/ledger-core';
import { textTable } from './table.ts';

const NUMERIC = ['opening', 'debit', 'credit', 'closing'];

export function trialBalanceLines(report: TrialBalance): string[] {
  const rows = report.rows.map((row) => [
    row.account,
    row.type,
    row.currency,
    row.opening,
    row.debit,
    row.credit,
    row.closing,
  ]);
  const totals = report.totals.map(({ currency, debit, credit }) =>
    debit === credit
      ? `${currency}: debit balances ${debit} = credit balances ${credit}`
      : `${currency}: debit balances ${debit} ≠ credit balances ${credit} — the books do not balance; run jangbu verify`,
  );
  return [
    `${report.ledger}, as of ${report.asOf}, known at ${report.knownAt}, outbox ${report.outboxSeq ?? '-'}`,
    '',
    ...textTable(['account', 'type', 'currency', ...NUMERIC], rows, NUMERIC),
    '',
    ...totals,
  ];
}
