import { checkOneOf } from "../core/checks.ts";
import { DEFAULT_ALPHA } from "../core/defaults.ts";
import { equivalenceBounds, type EquivalenceMargins } from "../models/equivalence-bounds.ts";
import { checkMarginAlpha } from "../models/margin.ts";
import {
  checkedMarginMetric,
  marginMethod,
  type MarginMetric,
  type MarginMetricEcho,
  marginMetricEcho,
  type MarginMetricOptions,
  type MarginMethod,
} from "./margin-metric.ts";
import type { TestDesignOptions } from "./test-design.ts";

/** The metric, its true effect, and the bounds between which it counts as none. */
export interface EquivalencePlanOptions extends MarginMetricOptions, EquivalenceMargins {
  /** How alpha is kept over all treatments: `bonferroni` unless said, or `none`. */
  readonly adjustment?: "bonferroni" | "none" | undefined;
}

/** What plans for an equivalence test repeat of it. */
export interface EquivalencePlan extends MarginMetricEcho {
  readonly method: MarginMethod;
  /** Smallest effect that counts as none, on the scale of the margin. */
  readonly lower: number;
  /** Largest effect that counts as none. */
  readonly upper: number;
}

export interface CheckedEquivalencePlan {
  readonly metric: MarginMetric;
  readonly plan: EquivalencePlan;
  /** Of each of the two one-sided tests. */
  readonly design: TestDesignOptions;
}

const ADJUSTMENTS = ["bonferroni", "none"] as const;

/** Metric and bounds, checked. */
export function checkedEquivalencePlan(
  options: EquivalencePlanOptions & Pick<TestDesignOptions, "alpha">,
): CheckedEquivalencePlan {
  const { alpha = DEFAULT_ALPHA, adjustment = "bonferroni" } = options;
  checkMarginAlpha(alpha);
  // Dunnett's critical value is for tests that all look to one side.
  checkOneOf("adjustment", adjustment, ADJUSTMENTS);
  const metric = checkedMarginMetric(options);
  const [lower, upper] = equivalenceBounds(options, metric.scale, metric.kind);
  return {
    metric,
    plan: { method: marginMethod(metric), ...marginMetricEcho(metric), lower, upper },
    design: { alpha, alternative: "greater" },
  };
}
