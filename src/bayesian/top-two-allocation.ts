import { checkObject, checkProbability } from "../core/checks.ts";
import { logSum } from "../numerics/log-sum.ts";
import { type AllocationOptions, allocateTraffic, type TrafficAllocation } from "./traffic-allocation.ts";
import { exp } from "../numerics/elementary/exp.ts";

export type TopTwoAllocationOptions = AllocationOptions & {
  /** Probability to give a unit the first arm drawn and not its challenger, in [0, 1]; 0.5 unless said. */
  readonly beta?: number | undefined;
};

/** What `topTwoAllocation` finds. */
export interface TopTwoAllocation extends TrafficAllocation<"top-two-allocation"> {
  readonly beta: number;
}

/**
 * The shares of traffic that top-two Thompson sampling gives, to learn fast which arm is best: an arm is drawn with the
 * probability that it is best; a unit gets it with probability β, and otherwise a challenger, drawn in the same way until
 * it is another arm. As numbers for the next batch, without drawing anything. Higher is better.
 *
 * With ψ the probabilities to be best, arm i gets ψ_i [β + (1 − β) Σ_{j≠i} ψ_j / (1 − ψ_j)]. After adaptive allocation
 * sample means are biased, and fixed-horizon p-values and intervals do not hold, those of this library included; the
 * posteriors do. Time: a few milliseconds for ten arms.
 *
 * @param options.model - `beta-binomial` unless said, `gamma-poisson`, `normal`
 * @param options.arms - 2 to 20 arms, as in `probabilityBest`
 * @param options.prior - of all arms, as in `probabilityBest`
 * @param options.beta - share of the leading arm in the end, in [0, 1]; 0.5 unless said. 1 is `thompsonAllocation`
 * @param options.floor - smallest share of any arm, from 0 (unless said) to 1 / number of arms: lower ones are raised to
 *   it, and the others shrink in proportion
 * @returns each arm's share and its probability to be best, with a warning about inference afterwards
 * @throws {DomainError} as `probabilityBest`, and for a floor or a β out of range
 * @example
 * ```ts
 * import { topTwoAllocation } from "microlift";
 * const { arms } = topTwoAllocation({
 *   arms: [{ n: 1000, conversions: 50 }, { n: 1000, conversions: 65 }, { n: 1000, conversions: 58 }],
 * });
 * arms.map(({ share }) => share); // [0.0835, 0.487, 0.429]
 * ```
 * Russo (2020), Operations Research 68, 1625–1647, top-two Thompson sampling. Inference afterwards: Nie et al. (2018, AISTATS); Hadad
 * et al. (2021), PNAS 118, e2014602118.
 */
export function topTwoAllocation(options: TopTwoAllocationOptions): TopTwoAllocation {
  checkObject("options", options);
  const { beta = 0.5 } = options;
  checkProbability("beta", beta);
  const allocation = allocateTraffic("top-two-allocation", "top-two-thompson", options, (logs) =>
    topTwoShares(logs, beta),
  );
  return { ...allocation, beta };
}

function topTwoShares(logs: readonly number[], beta: number): number[] {
  // 1 − ψ as the sum of all others: where an arm is nearly sure to be best, the subtraction would leave nothing.
  const logRests = logs.map((_, j) => logSum(logs.filter((_log, i) => i !== j)));
  return logs.map((log, i) => {
    const asChallenger = logs.reduce(
      (sum, leader, j) => (j === i ? sum : sum + exp(leader + log - logRests[j]!)),
      0,
    );
    return beta * exp(log) + (1 - beta) * asChallenger;
  });
}
