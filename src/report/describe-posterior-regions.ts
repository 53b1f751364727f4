import type { Distribution } from "../bayesian/distribution-intervals.ts";
import type { HighestDensityInterval } from "../bayesian/highest-density-interval.ts";
import type { RegionOfPracticalEquivalence } from "../bayesian/region-of-practical-equivalence.ts";
import { type Block, details, lead, table, title } from "./block.ts";
import { closing, undetermined } from "./closing.ts";
import { amount, between, chance, change, percent, points, signed, span } from "./figures.ts";
import { capital } from "./labels.ts";

/** The shortest interval of a distribution. */
export function describeHighestDensityInterval(result: HighestDensityInterval): Block[] {
  const { interval, equalTailed, distribution, confidenceLevel } = result;
  return [
    title("The shortest interval of a distribution"),
    lead(`With a probability of ${percent(confidenceLevel)} the value is ${between(interval, amount)}.`),
    table(
      ["Interval", "From", "To"],
      [
        ["Shortest", amount(interval.lower), amount(interval.upper)],
        ["Equal tails", amount(equalTailed.lower), amount(equalTailed.upper)],
      ],
    ),
    details([["Distribution", distributionName(distribution)]]),
    ...closing(result),
  ];
}

function distributionName({ family, ...parameters }: Distribution): string {
  const values = Object.values<number | undefined>(parameters)
    .filter((parameter) => parameter !== undefined)
    .map((parameter) => amount(parameter));
  return `${capital(family.replace("-", " "))}(${values.join(", ")})`;
}

const EFFECTS = {
  difference: "difference",
  lift: "lift",
  "odds-ratio": "odds ratio",
} as const;

/** Whether an effect is as good as none. */
export function describePracticalEquivalence(result: RegionOfPracticalEquivalence): Block[] {
  const { effect, region, decision, highestDensityInterval, confidenceLevel } = result;
  const rates = result.method === "beta-binomial";
  const format = { difference: rates ? points : signed, lift: change, "odds-ratio": amount }[effect];
  const where =
    region.upper === Infinity
      ? `at least ${format(region.lower)}`
      : between({ ...region, excluded: null }, format);
  const verdict = {
    equivalent: "The effect is as good as none",
    different: "The effect matters",
    undecided: "Whether the effect is as good as none is open",
  }[decision];
  const { probabilityBelow, probabilityInside, probabilityAbove } = result;
  return [
    title("Whether the effect is as good as none"),
    lead(
      probabilityInside === null
        ? undetermined(result.warnings, "Whether the effect is as good as none")
        : `${verdict}: the chance that the ${EFFECTS[effect]} is ${where} is ${chance(probabilityInside)}.`,
    ),
    ...(probabilityBelow === null || probabilityInside === null || probabilityAbove === null
      ? []
      : [
          table(
            [`The ${EFFECTS[effect]}`, "Chance"],
            [
              ...(region.lower === -Infinity ? [] : [["Below the region", chance(probabilityBelow)]]),
              ["Inside", chance(probabilityInside)],
              ...(region.upper === Infinity ? [] : [["Above it", chance(probabilityAbove)]]),
            ],
          ),
        ]),
    details([
      ["As good as none", where],
      [
        `Shortest ${percent(confidenceLevel)} interval`,
        highestDensityInterval === null ? null : span(highestDensityInterval, format),
      ],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}
