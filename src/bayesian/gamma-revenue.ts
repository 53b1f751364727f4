import { DomainError } from "../core/domain-error.ts";
import { ARMS, type EachArm } from "./each-arm.ts";
import { betterGamma, gammaLiftMoments, gammaLogRatio } from "./gamma-effects.ts";
import type { GammaPrior } from "./gamma-prior.ts";
import { gammaValue } from "./gamma-value.ts";
import { checkValues, type GammaRevenueArm } from "./revenue-arm.ts";
import type { RevenueModel } from "./revenue-model.ts";
import { checkedValueShape, type ObservedValues, shapeCautions } from "./value-shape.ts";

/** Gamma distributed values of conversions, of a shape that is known and the same in both arms. */
export function gammaRevenue(
  arms: EachArm<GammaRevenueArm>,
  prior: EachArm<GammaPrior>,
  valueShape: number | "moments" | undefined,
): RevenueModel {
  const values = {
    control: observedValues("control", arms.control),
    treatment: observedValues("treatment", arms.treatment),
  };
  const { shape, origin } = checkedValueShape(valueShape, values);
  const control = updated("control", values.control, prior.control, shape);
  const treatment = updated("treatment", values.treatment, prior.treatment, shape);
  return {
    method: "beta-gamma",
    value: { control: gammaValue(shape, control), treatment: gammaValue(shape, treatment) },
    // The mean value is shape / rate, so the ratio of the means is that of the rates the other way round.
    valueRatio: gammaLogRatio(treatment, control),
    valueLiftMoments: gammaLiftMoments(treatment, control),
    valueOrder: betterGamma(treatment, control),
    warnings: shapeCautions(shape, values),
    assumptions: [
      `The values of conversions are independent and gamma distributed, with the shape ${shape.toPrecision(3)} in both arms (${origin}): their standard deviation is ${(1 / Math.sqrt(shape)).toPrecision(3)} of their mean.`,
      ...ARMS.map(
        (arm) => `Before the data of the ${arm} the rate of that distribution is ${priorText(prior[arm])}.`,
      ),
    ],
  };
}

function observedValues(
  arm: keyof EachArm<unknown>,
  { values, conversions }: GammaRevenueArm,
): ObservedValues | null {
  const checked = checkValues(`${arm}.values`, values, conversions);
  return checked && { ...checked, conversions };
}

function updated(
  arm: keyof EachArm<unknown>,
  values: ObservedValues | null,
  prior: GammaPrior,
  shape: number,
): GammaPrior {
  if (values !== null) {
    return {
      shape: prior.shape + shape * values.conversions,
      rate: prior.rate + values.mean * values.conversions,
    };
  }
  if (prior.shape > 0) return prior;
  throw new DomainError(`${arm}.conversions`, 0, "must be at least 1 unless prior.value is proper");
}

function priorText({ shape, rate }: GammaPrior): string {
  return shape === 0 ? "as likely on any scale (p ∝ 1/rate)" : `Gamma(${shape}, ${rate})`;
}
