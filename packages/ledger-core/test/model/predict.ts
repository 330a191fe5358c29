import { post, postBatch, postLinked } from './auditor.ts';
import { change, open } from './auditor-accounts.ts';
import { capture, hold, release, reverse } from './auditor-holds.ts';
import { changePeriod } from './auditor-periods.ts';
import { type Books, become, copyOf } from './books.ts';
import type { Operation, Step, Words } from './steps.ts';

/** What the operation has to come to when it is the next one, and what the books are then. */
export function predict(books: Books, operation: Exclude<Operation, { as: 'expiry' }>): Words {
  if (operation.as === 'alone') return predictStep(books, operation.step);
  if (operation.as === 'period') return changePeriod(books, operation);
  const before = copyOf(books);
  const outcomes = operation.steps.map((step) => predictStep(books, step)).join('; ');
  if (operation.end === 'rollback') become(books, before);
  return outcomes;
}

function predictStep(books: Books, step: Step): Words {
  switch (step.do) {
    case 'post':
      return post(books, step.entry);
    case 'batch':
      return postBatch(books, step.entries);
    case 'linked':
      return postLinked(books, step.entries);
    case 'hold':
      return hold(books, step.request);
    case 'capture':
      return capture(books, step);
    case 'release':
      return release(books, step.hold);
    case 'reverse':
      return reverse(books, step);
    case 'open':
      return open(books, step.openings);
    case 'change':
      return change(books, step);
  }
}
