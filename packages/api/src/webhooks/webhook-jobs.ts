import { describeError } from '../http/request-log.ts';
import { type RepeatedJob, repeat } from '../repeat.ts';
import { type DeliverContext, deliverDue } from './deliver.ts';
import { feedPage } from './feed.ts';

/** Feeds and sends at once and then every `everyMs`; neither waits for the other, and both go on while there is more. */
export function startWebhooks(context: DeliverContext, everyMs: number): RepeatedJob {
  let isStopping = false;
  const onError = (error: unknown) => context.log.error(describeError(error), 'Webhooks found no database');
  const jobs = [
    repeat(
      async () => {
        while (!isStopping && (await feedPage(context)));
      },
      { everyMs, onError },
    ),
    repeat(
      async () => {
        while (!isStopping && (await deliverDue(context)) > 0);
      },
      { everyMs, onError },
    ),
  ];
  return {
    async stop() {
      isStopping = true;
      await Promise.all(jobs.map((job) => job.stop()));
    },
  };
}
