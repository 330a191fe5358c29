import { type ApiAnswer, DROPPED } from '../http/exchange.ts';
import { answerOfFault } from './answer-of-fault.ts';
import type { Fault } from './fault.ts';
import type { Faults } from './faults.ts';

export interface FaultContext {
  readonly faults: Faults;
  readonly wait: (ms: number) => Promise<void>;
}

/** Does a provider's work as the fault that strikes the route lets it. `answerOf` words an error as the provider does. */
export async function underFaults(
  { faults, wait }: FaultContext,
  route: Fault['route'],
  work: () => ApiAnswer | Promise<ApiAnswer>,
  answerOf: (status: number, code: string) => ApiAnswer,
): Promise<ApiAnswer | typeof DROPPED> {
  const fault = faults.strike({ route, paymentKey: undefined, orderId: undefined });
  if (fault === undefined) return work();
  if (fault.latencyMs > 0) await wait(fault.latencyMs);
  if (fault.dropAnswer === 'before') return DROPPED;
  const ordered = answerOfFault(fault, answerOf);
  if (ordered !== undefined && !fault.afterWork) return ordered;
  const answer = await work();
  if (fault.dropAnswer === 'after') return DROPPED;
  return ordered ?? answer;
}
