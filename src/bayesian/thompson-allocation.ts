import { type AllocationOptions, allocateTraffic, type TrafficAllocation } from "./traffic-allocation.ts";
import { exp } from "../numerics/elementary/exp.ts";

/** What `thompsonAllocation` takes: arms, and the least that each is to get. */
export type ThompsonAllocationOptions = AllocationOptions;

/** What `thompsonAllocation` finds. */
export type ThompsonAllocation = TrafficAllocation<"thompson-allocation">;

/**
 * The shares of traffic that Thompson sampling gives: every unit gets an arm with the probability that this arm is best,
 * given the data so far. As numbers for the next batch, without drawing anything. Higher is better.
 *
 * It keeps what is lost while learning small, and so learns slowly which arm is best once one of them leads:
 * `topTwoAllocation` is for that. After adaptive allocation sample means are biased, and fixed-horizon p-values and
 * intervals do not hold, those of this library included; the posteriors do. Time: a few milliseconds for ten arms.
 *
 * @param options.model - `beta-binomial` unless said, `gamma-poisson`, `normal`
 * @param options.arms - 2 to 20 arms, as in `probabilityBest`
 * @param options.prior - of all arms, as in `probabilityBest`
 * @param options.floor - smallest share of any arm, from 0 (unless said) to 1 / number of arms: lower ones are raised to
 *   it, and the others shrink in proportion
 * @returns each arm's share and its probability to be best, with a warning about inference afterwards
 * @throws {DomainError} as `probabilityBest`, and for a floor out of range
 * @example
 * ```ts
 * import { thompsonAllocation } from "microlift";
 * const { arms } = thompsonAllocation({
 *   arms: [{ n: 1000, conversions: 50 }, { n: 1000, conversions: 65 }, { n: 1000, conversions: 58 }],
 *   floor: 0.1,
 * });
 * arms.map(({ share }) => share); // [0.1, 0.671, 0.229]
 * ```
 * Thompson (1933), Biometrika 25, 285–294. Inference afterwards: Nie et al. (2018, AISTATS); Hadad et al. (2021), PNAS
 * 118, e2014602118.
 */
export function thompsonAllocation(options: ThompsonAllocationOptions): ThompsonAllocation {
  return allocateTraffic("thompson-allocation", "thompson", options, (logs) => logs.map(exp));
}
