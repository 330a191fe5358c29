import { muteKafkajsTimerWarning } from '@jangbu/relay';
import { startStack } from '@jangbu/stack';
import { settleBacklog } from './backlog.ts';

// One relay on a ledger of its own, in a process of its own: it gets ready, and begins when it is told that the others are ready too.
muteKafkajsTimerWarning();
const [kind, settlements] = process.argv.slice(2);
const stack = await startStack({ instance: 'bench', parts: ['mysql', 'kafka', 'connect'] });
const row = await settleBacklog(stack, kind === 'kafka' ? 'kafka' : 'embedded', Number(settlements), {
  whenReady: () =>
    new Promise((go) => {
      process.once('message', () => go());
      process.send?.('ready');
    }),
});
process.send?.(row);
// Who started the stack stops it.
process.disconnect();
