import { checkBetween, checkObject, checkPositive } from "../core/checks.ts";
import { LARGEST_DRIFT } from "./conditional-power.ts";
import type { DriftBelief } from "./exits-ahead.ts";
import type { StandardLook } from "./group-sequential-look.ts";
import { POWER_AHEAD_ASSUMPTIONS, type PowerAhead, powerAhead } from "./power-ahead.ts";
import { type GroupSequentialLooksOptions, readLooks } from "./read-looks.ts";

/** What was believed of the drift before the experiment: a normal distribution. */
export interface DriftPrior {
  /** Expected z at information 1, of treatment against control. */
  readonly mean: number;
  readonly standardDeviation: number;
}

export interface PredictivePowerOptions extends GroupSequentialLooksOptions {
  /** Flat unless said. */
  readonly prior?: DriftPrior | undefined;
}

/** How likely an experiment is to end significant, whatever its effect. */
export interface PredictivePower extends PowerAhead<"predictive-power"> {
  readonly method: "flat-prior" | "normal-prior";
  /** What is believed of the drift of treatment against control after the last look. */
  readonly posterior: DriftPrior;
}

/**
 * The probability that an experiment will end significant, averaged over what the looks so far leave open of its effect.
 *
 * It is the conditional power, averaged over the posterior distribution of the drift after the last look; exactly, and in
 * one pass through the looks to come, since a drift that is normal only changes the clock of the walk. Between the
 * conditional powers of low and high drifts, it is less sure than that of the current trend.
 *
 * @param options.design - what `groupSequentialDesign` returned
 * @param options.looks - all looks so far, as `analyzeGroupSequential` takes them
 * @param options.planned - units of each arm at information 1, for looks that give arms and no `information`
 * @param options.final - whether the last look ended the experiment; false unless said
 * @param options.prior - of the expected z at information 1, `{ mean, standardDeviation }`; flat unless said
 * @returns the probability, by side and by look; 1 or 0 where the experiment has ended
 * @throws {DomainError} for a design that is none, looks that `analyzeGroupSequential` would refuse, or a prior without spread
 * @example
 * ```ts
 * import { groupSequentialDesign, predictivePower } from "microlift";
 * const design = groupSequentialDesign({ looks: 3 });
 * predictivePower({ design, looks: [{ information: 1 / 3, z: 1.2 }] }).power; // 0.5298
 * ```
 * Spiegelhalter, Freedman and Blackburn (1986); Jennison and Turnbull (2000), section 10.3.
 */
export function predictivePower(options: PredictivePowerOptions): PredictivePower {
  const read = readLooks(options);
  const { prior } = options;
  const belief = posterior(read.looks.at(-1)!, prior);
  return {
    kind: "predictive-power",
    method: prior === undefined ? "flat-prior" : "normal-prior",
    posterior: { mean: belief.mean, standardDeviation: Math.sqrt(belief.variance) },
    ...powerAhead(options.design, read, belief),
    warnings: [],
    assumptions: [...POWER_AHEAD_ASSUMPTIONS],
  };
}

/** Of the drift, after a look. */
function posterior({ information, z }: StandardLook, prior: DriftPrior | undefined): DriftBelief {
  const seen = z / Math.sqrt(information);
  if (prior === undefined) return { mean: seen, variance: 1 / information };
  checkObject("prior", prior);
  checkBetween("prior.mean", prior.mean, -LARGEST_DRIFT, LARGEST_DRIFT);
  checkPositive("prior.standardDeviation", prior.standardDeviation);
  // Written so that a prior of any width has its limit.
  const weight = 1 / (1 + prior.standardDeviation ** 2 * information);
  return { mean: weight * prior.mean + (1 - weight) * seen, variance: (1 - weight) / information };
}
