import {
  type BrownianLook,
  type ContinuationRegion,
  firstLook,
  type FirstLookOptions,
  nextLook,
  type WalkAhead,
} from "./brownian-look.ts";

/** When a walk is seen, and where z may lie for it to go on. */
export interface LookedAtWalk {
  readonly information: readonly number[];
  readonly regions: readonly (readonly ContinuationRegion[])[];
}

/** All looks of a walk whose regions are known. */
export function looksOfWalk(
  { information, regions }: LookedAtWalk,
  start: Omit<FirstLookOptions, "information">,
): BrownianLook[] {
  if (information.length === 0) return [];
  const ahead = extremesAhead({ information, regions }, start);
  const looks = [firstLook({ ...start, information: information[0]! })];
  for (let k = 1; k < information.length; k++) {
    looks.push(nextLook(looks[k - 1]!, regions[k - 1]!, information[k]!, ahead[k - 1]!));
  }
  return looks;
}

/** The same in standard deviations from the walk's path. */
function extremesAhead(
  { information, regions }: LookedAtWalk,
  { drift = 0, startInformation = 0, startValue = 0 }: Omit<FirstLookOptions, "information">,
): WalkAhead[] {
  return extremesAfter(
    information.map((now, k) => {
      const elapsed = now - startInformation;
      const path = startValue + drift * elapsed;
      const standardized = (z: number): number => (z * Math.sqrt(now) - path) / Math.sqrt(elapsed);
      return regions[k]!.flatMap(({ lower, upper }) => [standardized(lower), standardized(upper)]);
    }),
  );
}

/** For each look, the extremes of the finite boundaries of the looks after it. */
export function extremesAfter(boundaries: readonly (readonly number[])[]): WalkAhead[] {
  const result: WalkAhead[] = [];
  let lowest = Infinity;
  let highest = -Infinity;
  for (let k = boundaries.length - 1; k >= 0; k--) {
    result[k] = { lowest, highest };
    for (const boundary of boundaries[k]!) {
      if (!Number.isFinite(boundary)) continue;
      lowest = Math.min(lowest, boundary);
      highest = Math.max(highest, boundary);
    }
  }
  return result;
}
