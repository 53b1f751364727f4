import { checkBetween } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Warning } from "../core/warning.ts";
import { gammaSf } from "../numerics/gamma.ts";
import { ARMS, type EachArm } from "./each-arm.ts";
import { logNormalValue } from "./log-normal-value.ts";
import { isImproper, type NormalInverseGammaPrior } from "./normal-inverse-gamma-prior.ts";
import { updateNormal } from "./normal-posterior.ts";
import { productMoments } from "./product-moments.ts";
import {
  checkLogValues,
  checkValues,
  type LogConversionValues,
  type LogNormalRevenueArm,
} from "./revenue-arm.ts";
import type { RevenueModel } from "./revenue-model.ts";
import { marginalLogRatio, marginalOrder } from "./two-marginals.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { ln } from "../numerics/elementary/ln.ts";
import { pow } from "../numerics/elementary/pow.ts";

/** A mean is then at most 90 times the median. */
const DEFAULT_LARGEST_DEVIATION = 3;
const SMALLEST_LARGEST_DEVIATION = 0.01;
const LARGEST_LARGEST_DEVIATION = 10;
/** Less of the posterior within the bound says that bound and data contradict each other. */
const LEAST_WITHIN = 1e-6;

/** Log-normal values of conversions, by the mean and the variance of their logs. */
export function logNormalRevenue(
  arms: EachArm<LogNormalRevenueArm>,
  prior: EachArm<NormalInverseGammaPrior>,
  largest: number = DEFAULT_LARGEST_DEVIATION,
): RevenueModel {
  checkBetween("largestLogDeviation", largest, SMALLEST_LARGEST_DEVIATION, LARGEST_LARGEST_DEVIATION);
  const posteriorOf = (arm: keyof EachArm<unknown>): NormalInverseGammaPrior => {
    const { logValues, values, conversions } = arms[arm];
    const logs = checkLogValues(`${arm}.logValues`, logValues, conversions);
    if (values !== undefined) checkValues(`${arm}.values`, values, conversions);
    const posterior = updated(arm, logs, conversions, prior[arm]);
    if (gammaSf(pow(largest, -2), posterior.alpha, posterior.beta) < LEAST_WITHIN) {
      throw new DomainError(
        "largestLogDeviation",
        largest,
        `must leave room for the logs of the ${arm}, whose standard deviation is about ${Math.sqrt(posterior.beta / posterior.alpha).toPrecision(3)}`,
      );
    }
    return posterior;
  };
  const control = logNormalValue(posteriorOf("control"), largest);
  const treatment = logNormalValue(posteriorOf("treatment"), largest);
  const ratio = productMoments(
    {
      mean: treatment.marginal.mean / control.marginal.axis.zero,
      standardDeviation: treatment.marginal.standardDeviation / control.marginal.axis.zero,
    },
    control.inverse,
  );
  return {
    method: "beta-log-normal",
    value: { control: control.marginal, treatment: treatment.marginal },
    valueRatio: marginalLogRatio(control.marginal, treatment.marginal),
    valueLiftMoments: { mean: ratio.mean - 1, standardDeviation: ratio.standardDeviation },
    valueOrder: marginalOrder(control.marginal, treatment.marginal),
    warnings: [
      ...boundCautions({ control: control.boundElasticity, treatment: treatment.boundElasticity }, largest),
      ...modelCautions(arms),
    ],
    assumptions: [
      "The values of conversions are independent and log-normal: their mean is exp(mean + variance/2) of their logs, not the mean of the values.",
      `The standard deviation of the logs is at most ${largest}: without a bound the expected revenue is infinite, whatever the data.`,
      ...ARMS.map(
        (arm) => `Before the data of the ${arm} mean and variance of the logs are ${priorText(prior[arm])}.`,
      ),
    ],
  };
}

function updated(
  arm: keyof EachArm<unknown>,
  logs: LogConversionValues | null,
  conversions: number,
  prior: NormalInverseGammaPrior,
): NormalInverseGammaPrior {
  if (isImproper(prior)) {
    if (logs === null || conversions < 2) {
      throw new DomainError(
        `${arm}.conversions`,
        conversions,
        "must be at least 2 unless prior.value is proper",
      );
    }
    if (logs.variance === 0) {
      throw new DomainError(`${arm}.logValues.variance`, 0, "must be above 0 unless prior.value is proper");
    }
  }
  if (logs === null) return prior;
  return updateNormal(
    `${arm}.logValues`,
    { n: conversions, mean: logs.mean, variance: logs.variance },
    prior,
  );
}

/** A mean that grows by more percent for one of the bound rests on the bound. */
const LARGEST_ELASTICITY = 0.01;

function boundCautions(elasticity: EachArm<number>, largest: number): Warning[] {
  const which = ARMS.filter((arm) => !(elasticity[arm] < LARGEST_ELASTICITY)).join(" and ");
  if (which === "") return [];
  return [
    {
      code: "MEAN_RESTS_ON_BOUND",
      message: `There are too few conversions (${which}) to tell how heavy the tail of the values is: means and expected losses rest on the bound of ${largest} for the standard deviation of their logs. Medians, intervals and probabilities rest on it less.`,
    },
  ];
}

/** In standard errors. */
const SURPRISING = 3.3;

/**
 * Whether the mean of the values is the one that their logs imply. Under the model the implied mean is efficient, so the
 * variance of the difference is the difference of the variances: Hausman (1978), Econometrica 46, 1251–1271.
 */
function modelCautions(arms: EachArm<LogNormalRevenueArm>): Warning[] {
  return ARMS.flatMap((arm): Warning[] => {
    const { values, logValues, conversions } = arms[arm];
    if (values === undefined || logValues === undefined) return [];
    const { mean, variance } = logValues;
    const ratio = exp(ln(values.mean) - mean - variance / 2);
    // The first term that is left, where rounding leaves nothing of the difference.
    const ofDifference = Math.max(expm1(variance) - variance - variance ** 2 / 2, pow(variance, 3) / 6);
    if (!(Math.abs(ratio - 1) > SURPRISING * Math.sqrt(ofDifference / conversions))) return [];
    return [
      {
        code: "LOG_NORMAL_CONTRADICTED",
        message: `The mean of the values in the ${arm} is ${ratio.toPrecision(3)} times what log-normal values with these logs would have: the values are not log-normal, and what is said of their mean is off by as much.`,
      },
    ];
  });
}

function priorText(prior: NormalInverseGammaPrior): string {
  if (isImproper(prior)) return "as likely anywhere and on any scale (p ∝ 1/variance)";
  const { mu, kappa, alpha, beta } = prior;
  return `Normal–Inverse-Gamma(${mu}, ${kappa}, ${alpha}, ${beta})`;
}
