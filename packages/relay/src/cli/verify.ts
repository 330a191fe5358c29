import type { Verification } from '@jangbu/ledger-core';

export function verificationLines({ ok, checked, sealed, findings }: Verification): string[] {
  const { entries, lines, accounts, events } = checked;
  const counted = `${entries} entries, ${lines} lines, ${accounts} accounts, ${events} events; ${sealed.entries} entries sealed in ${sealed.blocks} blocks`;
  if (ok) return [`Clean: ${counted}.`];
  return [
    `${findings.length} findings in ${counted}:`,
    ...findings.map(({ invariant, where, detail }) => `  invariant ${invariant}: ${where}: ${detail}`),
  ];
}
