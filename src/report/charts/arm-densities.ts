import type { BetaPosterior } from "../../bayesian/beta-posterior.ts";
import {
  type ConjugateComparison,
  type DensityPoint,
  shownFactor,
  shownValues,
} from "../../bayesian/effect-density.ts";
import type { GammaPosterior } from "../../bayesian/gamma-posterior.ts";
import type { NormalPosterior } from "../../bayesian/normal-posterior.ts";
import { betaPdf } from "../../numerics/beta.ts";
import { gammaPdf } from "../../numerics/gamma.ts";
import { studentTPdf } from "../../numerics/student-t.ts";
import { writingOf } from "../describe-posterior-comparison.ts";
import { COLORS } from "./chart.ts";
import { type DensityPanel, densityArea, densityFloor, densityLine, densityWords } from "./density-plot.ts";
import { AMOUNT_TICKS, SHARE_TICKS } from "./effect-axis.ts";
import type { Layer } from "./layer.ts";

type ArmPosterior = BetaPosterior | GammaPosterior | NormalPosterior;

/** Of the highest density, above a peak. */
const LABEL_HEIGHT = 0.11;

/** The posteriors of both arms on one axis. */
export function armDensities(result: ConjugateComparison): Layer[] {
  const { control, treatment } = result.posterior;
  const { expected, value } = writingOf(result);
  const ranges = [control, treatment].map((arm) => rangeOf(arm));
  const domain: [number, number] = [
    Math.min(...ranges.map(([lowest]) => lowest)),
    Math.max(...ranges.map(([, highest]) => highest)),
  ];
  const curves = [control, treatment].map((arm, i) => curveOf(arm, ranges[i]!));
  const panel: DensityPanel = {
    domain,
    title: expected,
    labelExpr: result.kind === "beta-binomial-comparison" ? SHARE_TICKS : AMOUNT_TICKS,
    // All of a posterior that is a point to a double lies between the points of its curve.
    peak: curves.flat().reduce((most, { density }) => Math.max(most, density), 0) || 1,
  };
  const [ofControl, ofTreatment] = [curves[0]!, curves[1]!];
  // Each label stands above the peak, on the side that is turned away from the other arm.
  const isHigher = treatment.mean >= control.mean;
  const label = (name: string, curve: readonly DensityPoint[], mean: number, isRight: boolean): Layer => {
    const top = curve.reduce((best, point) => (point.density > best.density ? point : best), {
      value: mean,
      density: 0,
    });
    const at = {
      value: top.value,
      height: top.density / panel.peak + LABEL_HEIGHT,
      text: `${name}: ${value(mean)}`,
    };
    return densityWords(panel, at, isRight ? { align: "left", dx: 4 } : { align: "right", dx: -4 });
  };
  return [
    densityArea(panel, ofControl, COLORS.grid),
    densityLine(panel, ofControl, { color: COLORS.control, strokeWidth: 2, strokeDash: [5, 3] }),
    densityLine(panel, ofTreatment, { color: COLORS.treatment, strokeWidth: 2 }),
    densityFloor(panel),
    label("control", ofControl, control.mean, !isHigher),
    label("treatment", ofTreatment, treatment.mean, isHigher),
  ];
}

function rangeOf(arm: ArmPosterior): [number, number] {
  const { lower, upper, confidenceLevel } = arm.interval;
  const middle = (lower + upper) / 2;
  const reach = shownFactor(confidenceLevel) * (upper - middle);
  if ("mu" in arm) return [middle - reach, middle + reach];
  return [Math.max(0, middle - reach), Math.min("beta" in arm ? 1 : Infinity, middle + reach)];
}

function curveOf(arm: ArmPosterior, [lowest, highest]: readonly [number, number]): DensityPoint[] {
  return shownValues(lowest, highest)
    .map((value) => ({ value, density: densityOf(arm, value) }))
    .filter(({ density }) => density < Infinity);
}

function densityOf(arm: ArmPosterior, value: number): number {
  if ("mu" in arm) return studentTPdf((value - arm.mu) / arm.scale, arm.degreesOfFreedom) / arm.scale;
  return "shape" in arm ? gammaPdf(value, arm.shape, arm.rate) : betaPdf(value, arm.alpha, arm.beta);
}
