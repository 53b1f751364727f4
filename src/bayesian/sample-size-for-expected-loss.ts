import { checkObject, checkPositive } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import { checkedAllocation } from "../models/allocation.ts";
import type { BetaPrior } from "../models/beta-prior.ts";
import { LOG_NEGLIGIBLE_IN_BODY } from "../numerics/beta-binomial-counts.ts";
import { posteriorNow } from "./arm-ahead.ts";
import { type BetaPriorChoice, type BetaPriorChoices, type BetaPriors, checkedPriors } from "./beta-prior.ts";
import { betterArm } from "./better-arm.ts";
import { informationGain } from "./information-gain.ts";
import { NOT_SEEN, plannedUnits } from "./planned-arms.ts";
import { smallestEnough } from "./smallest-enough.ts";

export interface ExpectedLossSampleSizeOptions {
  /** Of both arms, or one for each. */
  readonly prior: BetaPriorChoice | BetaPriorChoices;
  /** The expected loss that is small enough not to matter, in rates, above 0. */
  readonly thresholdOfCaring: number;
  /** Treatment n over control n; 1 unless said. */
  readonly allocation?: number | undefined;
}

/** How many units each arm needs, so that a choice after them is expected to lose little. */
export interface ExpectedLossSampleSize extends Result<"expected-loss-sample-size"> {
  readonly method: "enumeration";
  /** Whole units; 0 where the choice may be made without data. */
  readonly control: number;
  readonly treatment: number;
  readonly total: number;
  /** What the choice after these units is expected to lose against the better arm: at most the threshold. */
  readonly expectedLoss: number;
  /** What the choice without data is expected to lose. */
  readonly expectedLossNow: number;
  readonly thresholdOfCaring: number;
  readonly allocation: number;
  readonly prior: BetaPriors;
}

/** The loss is a difference of two numbers that are right to some 1e-14: below this share of them too little is left. */
const SMALLEST_SHARE = 1e-8;

/**
 * How many units each arm needs, so that choosing the arm with the higher posterior mean after them is expected to lose at
 * most a threshold of caring, on average over what may be seen.
 *
 * The loss is how far the rate chosen falls short of the higher one, mostly 0 in large experiments: it falls like 1/n. It
 * says when a choice is cheap to get wrong, not that an effect is shown. All outcomes are listed, and sizes tried until the
 * smallest is found, in tens of milliseconds to seconds. Where data are there already, give their posterior as the prior.
 *
 * @param options.prior - `{ alpha, beta }` with shapes from 1e-6 to 1e15, `"uniform"` (1 and 1) or `"jeffreys"` (1/2 and 1/2), of
 *   both arms; or `{ control, treatment }` with one each
 * @param options.thresholdOfCaring - in rates, above 0, and at least 1e-8 of the expected loss of choosing now
 * @param options.allocation - treatment n over control n, above 0; 1 unless said
 * @returns whole units per arm, and the expected loss after and without them
 * @throws {DomainError} for a prior, threshold or allocation out of range, or a threshold so small that the units for it may
 *   bring more than 4 million numbers of conversions
 * @example
 * ```ts
 * import { sampleSizeForExpectedLoss } from "microlift";
 * const size = sampleSizeForExpectedLoss({
 *   prior: { alpha: 50, beta: 950 },
 *   thresholdOfCaring: 0.0001,
 * });
 * size.control; // 18650
 * size.expectedLossNow; // 0.003879
 * ```
 * Source: Raiffa and Schlaifer (1961), Applied Statistical Decision Theory, for preposterior analysis; Stucchi (2015) for
 * the threshold.
 */
export function sampleSizeForExpectedLoss(options: ExpectedLossSampleSizeOptions): ExpectedLossSampleSize {
  checkObject("options", options);
  const { thresholdOfCaring } = options;
  const prior = checkedPriors(options.prior);
  checkPositive("thresholdOfCaring", thresholdOfCaring);
  const allocation = checkedAllocation(options.allocation);
  const arm = (shapes: BetaPrior, remaining: number) => ({ seen: NOT_SEEN, prior: shapes, remaining });
  const losses = betterArm(
    posteriorNow(arm(prior.control, 0)),
    posteriorNow(arm(prior.treatment, 0)),
  ).expectedLoss;
  const expectedLossNow = Math.min(losses.control, losses.treatment);
  if (thresholdOfCaring < SMALLEST_SHARE * expectedLossNow) {
    throw new DomainError(
      "thresholdOfCaring",
      thresholdOfCaring,
      `must be at least ${SMALLEST_SHARE} of the expected loss of choosing now, ${expectedLossNow}`,
    );
  }
  const lossAt = (n: number): number => {
    const units = plannedUnits(n, allocation);
    const ahead = {
      control: arm(prior.control, units.control),
      treatment: arm(prior.treatment, units.treatment),
    };
    const gain = informationGain(ahead, LOG_NEGLIGIBLE_IN_BODY);
    if (gain === null) {
      throw new DomainError(
        "thresholdOfCaring",
        thresholdOfCaring,
        `must be larger: what ${n} units of the control may bring is too much to list`,
      );
    }
    return Math.max(0, expectedLossNow - gain);
  };
  // The loss falls like 1/n, more and more so.
  const control =
    expectedLossNow <= thresholdOfCaring ? 0 : smallestEnough((n) => lossAt(n) / thresholdOfCaring, 1);
  const units = plannedUnits(control, allocation);
  return {
    kind: "expected-loss-sample-size",
    method: "enumeration",
    ...units,
    total: units.control + units.treatment,
    expectedLoss: control === 0 ? expectedLossNow : lossAt(control),
    expectedLossNow,
    thresholdOfCaring,
    allocation,
    prior,
    warnings: [],
    assumptions: [
      "Units are independent of each other, and the two rates before the data.",
      "After the data the arm with the higher posterior mean is chosen.",
    ],
  };
}
