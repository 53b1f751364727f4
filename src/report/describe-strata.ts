import type { ChiSquaredTest } from "../inference/chi-squared-test.ts";
import type { StratifiedComparison } from "../inference/stratified-comparison.ts";
import { answers, type Block, table } from "./block.ts";
import { effectRow } from "./effect-text.ts";
import {
  amount,
  change,
  frequency,
  LIFT_ENDS,
  percent,
  points,
  pValue,
  RATE_DIFFERENCE_ENDS,
  REAL_ENDS,
  signed,
  units,
} from "./figures.ts";

/** What a comparison by strata says of each of them, and of how far they agree. */
export function strataBlocks({ strata, homogeneity, oddsRatio }: StratifiedComparison): Block[] {
  const agreement = homogeneity.tarone ?? homogeneity.difference;
  const { difference } = homogeneity;
  const [format, ends] = oddsRatio === null ? [signed, REAL_ENDS] : [points, RATE_DIFFERENCE_ENDS];
  return [
    table(
      ["Stratum", "Units", "Weight", "Lift", "Its interval", "Difference"],
      strata.map((stratum) => [
        stratum.isUsed ? stratum.name : `${stratum.name} (left out)`,
        units(stratum.controlN + stratum.treatmentN),
        stratum.weight === null ? "none" : percent(stratum.weight),
        ...effectRow("", stratum.lift, change, LIFT_ENDS).slice(1),
        effectRow("", stratum.difference, format, ends)[1]!,
      ]),
    ),
    answers([
      ["Do they agree", agreement === null ? null : agreementSentence(agreement)],
      [
        "Variation beyond chance",
        difference === null
          ? null
          : `${percent(difference.iSquared)} of that between the strata's differences.`,
      ],
    ]),
  ];
}

function agreementSentence({ pValue: p, logPValue, statistic }: ChiSquaredTest): string {
  return `If the effect were the same in all strata, they would differ this much by chance ${frequency(p)} (${pValue(p, logPValue)}, chi-squared ${amount(statistic)}).`;
}
