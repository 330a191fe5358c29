import { type ChildProcess, fork } from 'node:child_process';
import { resolve } from 'node:path';
import type { Backlog } from './backlog.ts';

const PROGRAM = resolve(import.meta.dirname, 'settle-one.ts');

/** Lets several relays, each on a ledger and an outbox of its own and in a process of its own, begin at the same moment. */
export async function settleSideBySide(
  kind: 'embedded' | 'kafka',
  settlements: number,
  relays: number,
): Promise<Backlog[]> {
  const children = Array.from({ length: relays }, () =>
    fork(PROGRAM, [kind, String(settlements)], { execArgv: ['--disable-warning=ExperimentalWarning'] }),
  );
  try {
    await Promise.all(children.map((child) => nextMessage(child)));
    const rows = children.map((child) => nextMessage(child));
    for (const child of children) child.send('go');
    return (await Promise.all(rows)) as Backlog[];
  } finally {
    for (const child of children) child.kill();
  }
}

function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((settle, fail) => {
    const end = (code: number | null) => fail(new Error(`A relay ended with ${code} before it was done.`));
    child.once('exit', end);
    child.once('message', (message) => {
      child.off('exit', end);
      settle(message);
    });
  });
}
