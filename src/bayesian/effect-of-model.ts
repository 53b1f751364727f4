import { checkOneOf } from "../core/checks.ts";
import type { Warning } from "../core/warning.ts";
import { differenceContrast, logOddsRatioContrast, logRatioContrast } from "./beta-contrasts.ts";
import type { Contrast } from "./contrast.ts";
import { countsCompared, type CountsToCompare } from "./counts-compared.ts";
import { DIFFERENCE_SCALE, type EffectScale, LIFT_SCALE, ODDS_RATIO_SCALE } from "./effect-scale.ts";
import { gammaDifference, gammaLogRatio } from "./gamma-effects.ts";
import { meansCompared, type MeansToCompare } from "./means-compared.ts";
import { normalDifference } from "./normal-effects.ts";
import { normalLift } from "./normal-lift.ts";
import { ratesCompared, type RatesToCompare } from "./rates-compared.ts";
import { ln } from "../numerics/elementary/ln.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/** Two arms of one of the models, `beta-binomial` unless said. */
export type ModelToCompare =
  | ({ readonly model?: "beta-binomial" | undefined } & RatesToCompare)
  | ({ readonly model: "gamma-poisson" } & CountsToCompare)
  | ({ readonly model: "normal" } & MeansToCompare);

export type ModelName = NonNullable<ModelToCompare["model"]>;

/** An effect by its name; a lift is treatment over control, minus 1. */
export type EffectName = "difference" | "lift" | "odds-ratio";

/** The posterior of one effect under one of the models. */
export interface EffectOfModel {
  readonly model: ModelName;
  /** Null where the effect is undetermined, as a warning says. */
  readonly posterior: {
    readonly contrast: Contrast;
    readonly scale: EffectScale;
    /** From a value of the effect as it is reported to that of the contrast. */
    readonly parameter: (value: number) => number;
  } | null;
  readonly warnings: readonly Warning[];
  readonly assumptions: readonly string[];
}

const MODELS: readonly ModelName[] = ["beta-binomial", "gamma-poisson", "normal"];

const asItIs = (value: number): number => value;
/** Of a lift at or below −1, or a ratio at or below 0, the log is −∞: nothing lies below. */
const ofLift = (value: number): number => (value > -1 ? log1p(value) : -Infinity);
const ofRatio = (value: number): number => (value > 0 ? ln(value) : -Infinity);

/** @param confidenceLevel for whether the lift of two means is determined */
export function effectOfModel(
  options: ModelToCompare,
  effect: EffectName,
  confidenceLevel: number,
): EffectOfModel {
  const { model = "beta-binomial" } = options;
  checkOneOf("model", model, MODELS);
  checkOneOf("effect", effect, effectsOf(model));
  const isDifference = effect === "difference";
  if (options.model === "gamma-poisson") {
    const { control, treatment, warnings, assumptions } = countsCompared(options);
    const posterior = isDifference
      ? { contrast: gammaDifference(control, treatment), scale: DIFFERENCE_SCALE, parameter: asItIs }
      : { contrast: gammaLogRatio(control, treatment), scale: LIFT_SCALE, parameter: ofLift };
    return { model, posterior, warnings, assumptions };
  }
  if (options.model === "normal") {
    const { control, treatment, warnings, assumptions } = meansCompared(options);
    if (isDifference)
      return { model, posterior: normalDifference(control, treatment), warnings, assumptions };
    const { contrast, warnings: ofEffect } = normalLift(control, treatment, confidenceLevel);
    const posterior = contrast === null ? null : { contrast, scale: DIFFERENCE_SCALE, parameter: asItIs };
    return { model, posterior, warnings: [...warnings, ...ofEffect], assumptions };
  }
  const { control, treatment, warnings, assumptions } = ratesCompared(options);
  const posterior = {
    difference: { contrast: differenceContrast, scale: DIFFERENCE_SCALE, parameter: asItIs },
    lift: { contrast: logRatioContrast, scale: LIFT_SCALE, parameter: ofLift },
    "odds-ratio": { contrast: logOddsRatioContrast, scale: ODDS_RATIO_SCALE, parameter: ofRatio },
  }[effect];
  return {
    model,
    posterior: { ...posterior, contrast: posterior.contrast(control, treatment) },
    warnings,
    assumptions,
  };
}

function effectsOf(model: ModelName): readonly EffectName[] {
  return model === "beta-binomial" ? ["difference", "lift", "odds-ratio"] : ["difference", "lift"];
}
