import type { Verification } from '@jangbu/ledger-core';

export function verificationLines({ ok, checked, sealed, findings }: Verification): string[] {
  // A database without a shop has no orders to count.
  const { entries, lines, accounts, events, ...shops } = checked;
  const ofShop = Object.entries(shops).map(([what, count]) => `, ${count} ${what}`);
  const counted = `${entries} entries, ${lines} lines, ${accounts} accounts, ${events} events${ofShop.join('')}; ${sealed.entries} entries sealed in ${sealed.blocks} blocks`;
  if (ok) return [`Clean: ${counted}.`];
  return [
    `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'} in ${counted}:`,
    ...findings.map(({ invariant, where, detail }) => `  invariant ${invariant}: ${where}: ${detail}`),
  ];
}
