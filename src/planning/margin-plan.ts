import { DEFAULT_ALPHA } from "../core/defaults.ts";
import { checkMarginAlpha, type Margin, marginNull, type MarginNull } from "../models/margin.ts";
import { isWithin } from "./contrast.ts";
import {
  checkedMarginMetric,
  countCautions,
  marginAssumptions,
  marginMethod,
  type MarginMetric,
  type MarginMetricEcho,
  marginMetricEcho,
  type MarginMetricOptions,
  type MarginMethod,
} from "./margin-metric.ts";
import { plannedMarginTest } from "./planned-margin-test.ts";
import { beyondMargin } from "./planning-cautions.ts";
import { type Power, type PowerOptions, solvePower } from "./power.ts";
import { type SampleSize, type SampleSizeOptions, solveSizes } from "./sample-size.ts";

/** The metric, its true effect, and the margin that it is tested against. */
export interface MarginPlanOptions extends MarginMetricOptions, Margin {}

export interface MarginSampleSizeOptions extends MarginPlanOptions, Omit<SampleSizeOptions, "alternative"> {}

export interface MarginPowerOptions extends MarginPlanOptions, Omit<PowerOptions, "alternative"> {}

/** What plans for a test against a margin repeat of it. */
export interface MarginPlan extends MarginMetricEcho, MarginNull {
  readonly method: MarginMethod;
  readonly margin: number;
}

/** How many units each arm needs to show that the effect lies on the better side of a margin. */
export interface MarginSampleSize<Kind extends string> extends SampleSize<Kind>, MarginPlan {
  readonly method: MarginMethod;
  readonly alternative: "greater" | "less";
}

/** How probably a test shows that the effect lies on the better side of a margin. */
export interface MarginPower<Kind extends string> extends Power<Kind>, MarginPlan {
  readonly method: MarginMethod;
  readonly alternative: "greater" | "less";
}

type Side = "worse" | "better";

export function marginSampleSize<Kind extends string>(
  kind: Kind,
  options: MarginSampleSizeOptions,
  side: Side,
): MarginSampleSize<Kind> {
  const { metric, plan, design } = checkedPlan(options, side);
  const { sizes } = solveSizes((allocation) => plannedMarginTest(metric, plan.nullValue, allocation), {
    ...options,
    ...design,
  });
  return {
    kind,
    ...sizes,
    ...plan,
    warnings:
      sizes.status === "unbounded"
        ? [beyondMargin(isWithin(metric, plan.nullValue, plan.alternative))]
        : countCautions(metric, sizes),
    assumptions: marginAssumptions(metric),
  };
}

export function marginPower<Kind extends string>(
  kind: Kind,
  options: MarginPowerOptions,
  side: Side,
): MarginPower<Kind> {
  const { metric, plan, design } = checkedPlan(options, side);
  const power = solvePower((allocation) => plannedMarginTest(metric, plan.nullValue, allocation), {
    ...options,
    ...design,
  });
  return {
    kind,
    ...power,
    ...plan,
    warnings: countCautions(metric, power),
    assumptions: marginAssumptions(metric),
  };
}

function checkedPlan(
  options: MarginPlanOptions & { readonly alpha?: number | undefined },
  side: Side,
): { metric: MarginMetric; plan: MarginPlan; design: { alpha: number; alternative: "greater" | "less" } } {
  const { alpha = DEFAULT_ALPHA } = options;
  checkMarginAlpha(alpha);
  const metric = checkedMarginMetric(options);
  const atMargin = marginNull(options, side, metric.scale, metric.kind);
  const plan = {
    method: marginMethod(metric),
    ...marginMetricEcho(metric),
    margin: options.margin,
    ...atMargin,
  };
  return { metric, plan, design: { alpha, alternative: atMargin.alternative } };
}
