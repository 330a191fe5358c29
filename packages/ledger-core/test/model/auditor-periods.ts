import type { Books } from './books.ts';
import type { Operation, Words } from './steps.ts';

/** What docs/operating/period-close.md says: closing moves the last closed day ahead, and opening moves it back. */
export function changePeriod(books: Books, { action, day }: Extract<Operation, { as: 'period' }>): Words {
  const through = books.closed.get('through');
  if (action === 'close' && (through === undefined || through < day)) books.closed.set('through', day);
  if (action === 'reopen' && through !== undefined && day <= through)
    books.closed.set('through', dayBefore(day));
  return `closed ${books.closed.get('through')}`;
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
