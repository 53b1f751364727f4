import type { Estimate } from "../core/estimate.ts";
import type { ClusterComparison } from "../inference/compare-clusters.ts";
import type { QuantileComparison } from "../inference/compare-quantiles.ts";
import type { TriggeredComparison } from "../inference/compare-triggered.ts";
import type { CountComparison } from "../inference/count-comparison.ts";
import type { CovariateComparison } from "../inference/covariate-comparison.ts";
import type { MeanComparison } from "../inference/mean-comparison.ts";
import type { ProportionComparison } from "../inference/proportion-comparison.ts";
import type { RatioComparison } from "../inference/ratio-comparison.ts";
import type { StratifiedComparison } from "../inference/stratified-comparison.ts";
import {
  amount,
  type Ends,
  percent,
  points,
  RATE_DIFFERENCE_ENDS,
  REAL_ENDS,
  signed,
  span,
  units,
} from "./figures.ts";

/** Every comparison of two arms. */
export type AnyComparison =
  | ClusterComparison
  | CountComparison
  | CovariateComparison
  | MeanComparison
  | ProportionComparison
  | QuantileComparison
  | RatioComparison
  | StratifiedComparison
  | TriggeredComparison;

type ArmName = "control" | "treatment";

/** What a report shows of a comparison that depends on its kind. */
export interface ComparisonReading {
  readonly title: string;
  /** An arm's level, as in a sentence. */
  level(arm: ArmName): string;
  /** Titles of the columns beside the arm's name, and an arm's cells. */
  readonly columns: readonly string[];
  cells(arm: ArmName): readonly string[];
  readonly difference: { readonly format: (value: number) => string; readonly ends: Ends };
  readonly oddsRatio: Estimate | null;
  /** What the statistic counts. */
  readonly statistic: string;
  readonly degreesOfFreedom: number | null;
  /** Further rows of the table of details. */
  readonly details: readonly (readonly [name: string, value: string | null])[];
}

const OF_RATES = { format: points, ends: RATE_DIFFERENCE_ENDS };
const OF_VALUES = { format: signed, ends: REAL_ENDS };
const PLAIN = {
  difference: OF_VALUES,
  oddsRatio: null,
  statistic: "Standard errors from 0",
  degreesOfFreedom: null,
  details: [],
};

export function readComparison(result: AnyComparison): ComparisonReading {
  switch (result.kind) {
    case "proportion-comparison":
      return {
        ...PLAIN,
        title: "Comparison of two rates",
        level: (arm) => percent(result[arm].rate),
        columns: ["Units", "Conversions", "Rate"],
        cells: (arm) => [units(result[arm].n), amount(result[arm].conversions), percent(result[arm].rate)],
        difference: OF_RATES,
        oddsRatio: result.oddsRatio,
        statistic: result.method === "boschloo" ? "Fisher's p-value" : PLAIN.statistic,
      };
    case "mean-comparison":
      return {
        ...PLAIN,
        title: "Comparison of two means",
        level: (arm) => amount(result[arm].mean),
        columns: ["Units", "Mean", "Variance"],
        cells: (arm) => [units(result[arm].n), amount(result[arm].mean), amount(result[arm].variance)],
        degreesOfFreedom: result.degreesOfFreedom,
      };
    case "covariate-comparison":
      return {
        ...PLAIN,
        title: "Comparison adjusted by covariates",
        level: (arm) => amount(result[arm].mean),
        columns: ["Units", "As observed", "Adjusted"],
        cells: (arm) => [units(result[arm].n), amount(result[arm].unadjusted), amount(result[arm].mean)],
        degreesOfFreedom: result.degreesOfFreedom,
        details: [
          ["Covariates", result.covariates.join(", ")],
          ["Variance saved", result.varianceReduction === null ? null : percent(result.varianceReduction)],
        ],
      };
    case "ratio-comparison":
      return {
        ...PLAIN,
        title: "Comparison of two ratios",
        level: (arm) => known(result[arm].ratio),
        columns: ["Units", "Numerator per unit", "Denominator per unit", "Ratio"],
        cells: (arm) => [
          units(result[arm].n),
          amount(result[arm].numerator.mean),
          amount(result[arm].denominator.mean),
          known(result[arm].ratio),
        ],
      };
    case "count-comparison":
      return {
        ...PLAIN,
        title: "Comparison of events per unit",
        level: (arm) => amount(result[arm].rate),
        columns: ["Units", "Events", "Events per unit"],
        cells: (arm) => [units(result[arm].n), amount(result[arm].events), amount(result[arm].rate)],
        degreesOfFreedom: result.degreesOfFreedom,
        details: [["Variance over mean", result.dispersion === null ? null : amount(result.dispersion)]],
      };
    case "quantile-comparison":
      return {
        ...PLAIN,
        title: result.probability === 0.5 ? "Comparison of two medians" : "Comparison of two quantiles",
        level: (arm) => amount(result[arm].quantile),
        columns: ["Units", "Quantile", "Its interval"],
        cells: (arm) => [
          units(result[arm].n),
          amount(result[arm].quantile),
          span(result[arm].interval, (value) => amount(value)),
        ],
        details: [["Quantile", percent(result.probability)]],
      };
    case "cluster-comparison":
      return {
        ...PLAIN,
        title: "Comparison of randomised clusters",
        level: (arm) => amount(result[arm].mean),
        columns: ["Clusters", "Units", result.weighting === "unit" ? "Mean per unit" : "Mean per cluster"],
        cells: (arm) => [amount(result[arm].clusters), units(result[arm].n), amount(result[arm].mean)],
        degreesOfFreedom: result.degreesOfFreedom,
        details: [
          [
            "Correlation inside clusters",
            result.intraclassCorrelation === null ? null : amount(result.intraclassCorrelation),
          ],
          ["Design effect", result.designEffect === null ? null : amount(result.designEffect)],
        ],
      };
    case "stratified-comparison": {
      const isOfRates = result.oddsRatio !== null;
      const format = (value: number): string => (isOfRates ? percent(value) : amount(value));
      const level = (arm: ArmName): string => {
        const { mean } = result[arm];
        return mean === null ? "unknown" : format(mean);
      };
      return {
        ...PLAIN,
        title: "Comparison by strata",
        level,
        columns: ["Units", "In one mix of strata", "As its units are mixed"],
        cells: (arm) => [units(result[arm].n), level(arm), format(result[arm].crudeMean)],
        difference: isOfRates ? OF_RATES : OF_VALUES,
        oddsRatio: result.oddsRatio,
        degreesOfFreedom: result.degreesOfFreedom,
      };
    }
    case "triggered-comparison":
      return {
        ...PLAIN,
        title: "Comparison of triggered units",
        level: (arm) => amount(result.triggered[arm].mean),
        columns: ["Units", "Triggered", "Share", "Mean of triggered", "Mean of all"],
        cells: (arm) => [
          units(result[arm].n),
          units(result[arm].triggered),
          percent(result[arm].triggerRate),
          amount(result.triggered[arm].mean),
          amount(result[arm].mean),
        ],
        degreesOfFreedom: result.degreesOfFreedom,
      };
  }
}

function known(value: number | null): string {
  return value === null ? "unknown" : amount(value);
}
