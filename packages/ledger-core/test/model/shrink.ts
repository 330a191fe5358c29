import fc from 'fast-check';
import { program, type Round } from './program.ts';

/** An operation of a program: which of which round, counted from 0. */
export type Place = readonly [round: number, operation: number];

/** What a seed stands for: all of its program, or some places of it. Written `7`, or `7:0.3,4.0,4.2`. */
export interface Case {
  readonly seed: number;
  readonly places: readonly Place[] | undefined;
}

export function parseCase(text: string): Case {
  const [seed = '', places] = text.split(':');
  if (!/^\d+$/.test(seed)) throw new Error(`A seed is a whole number, and not ${JSON.stringify(seed)}.`);
  return {
    seed: Number(seed),
    places: places?.split(',').map((place) => place.split('.').map(Number) as unknown as Place),
  };
}

export function formatCase({ seed, places }: Case): string {
  return places === undefined ? `${seed}` : `${seed}:${places.map((place) => place.join('.')).join(',')}`;
}

export function roundsOf({ seed, places }: Case): readonly Round[] {
  const [drawn = []] = fc.sample(program, { seed, numRuns: 1 });
  if (places === undefined) return drawn;
  return drawn.flatMap((round, index) => {
    const kept = round.operations.filter((_, at) => places.some(([r, o]) => r === index && o === at));
    return kept.length === 0 ? [] : [{ ...round, operations: kept }];
  });
}

/**
 * Leaves out what the failure does not need: half of the places, then smaller parts, down to single ones.
 * @param lastRound nothing after it was run
 * @param fails runs the case; more than once, because whether a race is lost is chance
 */
export async function shrink(
  { seed, places }: Case,
  lastRound: number,
  fails: (smaller: Case) => Promise<boolean>,
  until: number,
): Promise<Case> {
  let kept = (places ?? placesOf(seed)).filter(([round]) => places !== undefined || round <= lastRound);
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < kept.length && Date.now() < until; ) {
      const fewer = [...kept.slice(0, from), ...kept.slice(from + size)];
      if (fewer.length > 0 && (await fails({ seed, places: fewer }))) kept = fewer;
      else from += size;
    }
  }
  return { seed, places: kept };
}

function placesOf(seed: number): Place[] {
  return roundsOf({ seed, places: undefined }).flatMap(({ operations }, round) =>
    operations.map((_, operation): Place => [round, operation]),
  );
}
