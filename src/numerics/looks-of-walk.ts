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

/** For each look, the extreme finite boundaries of the looks after it, in standard deviations from the walk's path. */
function extremesAhead(
  { information, regions }: LookedAtWalk,
  { drift = 0, startInformation = 0, startValue = 0 }: Omit<FirstLookOptions, "information">,
): WalkAhead[] {
  const result: WalkAhead[] = [];
  let lowest = Infinity;
  let highest = -Infinity;
  for (let k = information.length - 1; k >= 0; k--) {
    result[k] = { lowest, highest };
    const elapsed = information[k]! - startInformation;
    const path = startValue + drift * elapsed;
    for (const z of regions[k]!.flatMap(({ lower, upper }) => [lower, upper])) {
      if (!Number.isFinite(z)) continue;
      const distance = (z * Math.sqrt(information[k]!) - path) / Math.sqrt(elapsed);
      lowest = Math.min(lowest, distance);
      highest = Math.max(highest, distance);
    }
  }
  return result;
}
