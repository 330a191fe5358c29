import type { DeliveredEvent } from '@jangbu/ledger-core';

export interface CautiousGroup {
  readonly events: readonly DeliveredEvent[];
  /** How many processes died with it in hand. */
  readonly crashes: number;
}

const GROUP_SIZE = 25;

/**
 * Cuts events, in order, into groups that are begun together: those that no process died with some at a time, so that a
 * crash which was nobody's fault costs little; one that was in hand at a death alone, so that the next death tells which it was.
 */
export function cautiousGroups(
  events: readonly DeliveredEvent[],
  crashes: ReadonlyMap<string, number>,
): CautiousGroup[] {
  const groups: { events: DeliveredEvent[]; crashes: number }[] = [];
  for (const event of events) {
    const count = crashes.get(event.eventId) ?? 0;
    const last = groups.at(-1);
    if (count === 0 && last?.crashes === 0 && last.events.length < GROUP_SIZE) last.events.push(event);
    else groups.push({ events: [event], crashes: count });
  }
  return groups;
}
