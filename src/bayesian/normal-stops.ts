import { betaDensity } from "../numerics/beta-density.ts";
import { exitBetween, lowerExit, reachProbability, upperExit } from "../numerics/look-exits.ts";
import { looksOfWalk } from "../numerics/looks-of-walk.ts";
import { meanDifference } from "./beta-effects.ts";
import { normalDistance } from "./stopping-rule.ts";
import type { StoppingDesign, Stops } from "./stops.ts";
import { hypot } from "../numerics/elementary/hypot.ts";

/**
 * Where experiments end by the normal approximation: the posterior of the difference is normal, with the spread that the
 * true rates lead one to expect, so that the rule is a pair of boundaries for a Brownian motion.
 */
export function normalStops(design: StoppingDesign, rate: number): Stops {
  const { looks } = design;
  const boundaries = looks.map((n) => boundariesAt(design, n, rate));
  const largest = looks.at(-1)!;
  const walk = looksOfWalk(
    {
      information: looks.map((n) => n / largest),
      regions: boundaries.map(({ keep, ship }) => [{ lower: keep, upper: ship }]),
    },
    { drift: 0 },
  );
  const last = walk.at(-1)!;
  const { middle, ship, keep } = boundaries.at(-1)!;
  return {
    ship: walk.map((look, k) => upperExit(look, boundaries[k]!.ship)),
    keep: walk.map((look, k) => lowerExit(look, boundaries[k]!.keep)),
    going: [...walk.slice(1).map((look) => reachProbability(look)), exitBetween(last, keep, ship)],
    ahead: exitBetween(last, middle, ship),
  };
}

/** Where the rule chooses, in standard deviations of the posterior mean from the mean it has at the true rates. */
interface Boundaries {
  readonly keep: number;
  readonly middle: number;
  readonly ship: number;
}

function boundariesAt({ baseline, priors, rule }: StoppingDesign, n: number, rate: number): Boundaries {
  const { control, treatment } = priors;
  const ofControl = betaDensity(control.alpha + n * baseline, control.beta + n * (1 - baseline));
  const ofTreatment = betaDensity(treatment.alpha + n * rate, treatment.beta + n * (1 - rate));
  const spread = hypot(ofControl.deviation, ofTreatment.deviation);
  const noise = hypot(
    Math.sqrt(n * baseline * (1 - baseline)) / ofControl.total,
    Math.sqrt(n * rate * (1 - rate)) / ofTreatment.total,
  );
  const expected = meanDifference(ofControl, ofTreatment);
  const distance = normalDistance(rule, spread) * spread;
  return {
    keep: (-distance - expected) / noise,
    middle: -expected / noise,
    ship: (distance - expected) / noise,
  };
}
