import { checkOneOf, checkText } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { METRIC_KINDS } from "../core/metric-kind.ts";
import { METRIC_ROLES, type MetricRole } from "../core/metric-role.ts";
import type { Warning } from "../core/warning.ts";
import type { ConversionDelay } from "../models/conversion-delay.ts";
import { checkedDelay, type ReadingOptions } from "../models/metric-delay.ts";
import { type CountEffect, countEffect, type CountEffectOptions } from "./count-effect.ts";
import {
  checkedCountTest,
  COUNT_ASSUMPTIONS,
  type CountTest,
  fewEvents,
  normalCountTest,
} from "./count-test.ts";
import { meanEffect, type MeanEffectOptions } from "./mean-effect.ts";
import {
  checkedMeanSpread,
  meanAssumptions,
  type MeanSpread,
  type MeanTest,
  type MeanTestOptions,
  plannedMeanTest,
} from "./mean-test.ts";
import { plannedNormalTest } from "./normal-test.ts";
import type { PlannedTest } from "./planned-test.ts";
import { PROPORTION_ASSUMPTIONS, smallCounts } from "./planning-cautions.ts";
import { proportionEffect, type ProportionEffectOptions } from "./proportion-effect.ts";
import { checkedProportionTest, plannedProportionTest, type ProportionTest } from "./proportion-test.ts";
import {
  checkedRatioMetric,
  RATIO_ASSUMPTIONS,
  ratioEffect,
  type RatioEffectOptions,
} from "./ratio-effect.ts";
import type { ArmUnits } from "./sizes.ts";
import { varianceFactor, type VarianceOptions } from "./variance-factor.ts";

interface NamedMetric extends ReadingOptions, VarianceOptions {
  readonly name: string;
  /** `macro` unless said. */
  readonly role?: MetricRole | undefined;
}

export interface ProportionTableMetric extends NamedMetric, ProportionEffectOptions {
  readonly kind: "proportion";
  readonly test?: ProportionTest | undefined;
}

export interface MeanTableMetric extends NamedMetric, MeanEffectOptions, MeanTestOptions {
  readonly kind: "mean";
}

/** Read on mature cohorts only: its delay has no curve. */
export interface RatioTableMetric extends NamedMetric, RatioEffectOptions {
  readonly kind: "ratio";
}

export interface CountTableMetric extends NamedMetric, CountEffectOptions {
  readonly kind: "count";
  readonly test?: CountTest | undefined;
}

/** A metric with its planned effect, its test, and how long its outcome is awaited. */
export type TableMetric = ProportionTableMetric | MeanTableMetric | RatioTableMetric | CountTableMetric;

/** A metric, ready to be planned. */
export interface MetricTest {
  readonly name: string;
  readonly role: MetricRole;
  readonly kind: TableMetric["kind"];
  readonly method: ProportionTest | MeanTest | CountTest | "delta";
  readonly difference: number;
  /** Null where it has no baseline, or none above 0. */
  readonly lift: number | null;
  readonly delay: ConversionDelay;
  /** How many times as many units are needed as without variance reduction and clusters. */
  readonly factor: number;
  /** The test while each outcome is there with the probability `share`, and 0 until then. */
  testAt(share: number, allocation: number): PlannedTest;
  /** What to mind at the planned sizes. */
  cautions(sizes: ArmUnits): readonly Warning[];
  readonly assumptions: readonly string[];
}

/** Checks a metric, and makes its test. */
export function metricTest(metric: TableMetric): MetricTest {
  const { name, role = "macro" } = metric;
  checkText("name", name);
  checkOneOf("role", role, METRIC_ROLES);
  checkOneOf("kind", metric.kind, METRIC_KINDS);
  const common = { name, role, delay: checkedDelay(metric), factor: varianceFactor(metric) };
  return { ...common, ...ownPart(metric, common.delay) };
}

type OwnPart = Omit<MetricTest, "name" | "role" | "delay" | "factor">;

function ownPart(metric: TableMetric, delay: ConversionDelay): OwnPart {
  if (metric.kind === "proportion") return proportionMetric(metric);
  if (metric.kind === "mean") return meanMetric(metric, delay);
  return metric.kind === "ratio" ? ratioMetric(metric, delay) : countMetric(metric);
}

function proportionMetric(metric: ProportionTableMetric): OwnPart {
  const effect = proportionEffect(metric);
  const method = checkedProportionTest(metric.test);
  return {
    kind: "proportion",
    method,
    difference: effect.difference,
    lift: effect.lift,
    testAt: (share, allocation) =>
      plannedProportionTest(
        method,
        {
          baseline: share * effect.baseline,
          treatmentRate: share * effect.treatmentRate,
          difference: share * effect.difference,
        },
        allocation,
      ),
    cautions: (sizes) => smallCounts(effect, sizes),
    assumptions: PROPORTION_ASSUMPTIONS,
  };
}

function meanMetric(metric: MeanTableMetric, delay: ConversionDelay): OwnPart {
  const { baseline, treatmentMean, difference, lift } = meanEffect(metric);
  const spread = checkedMeanSpread(metric);
  if (baseline === null && !("attributionDays" in delay)) {
    throw new DomainError("baseline", baseline, "must be given where conversionDelay has a curve");
  }
  return {
    kind: "mean",
    method: spread.test,
    difference,
    lift,
    testAt: (share, allocation) =>
      share === 1
        ? plannedMeanTest(difference, spread, allocation)
        : plannedMeanTest(share * difference, thinned(spread, baseline!, treatmentMean!, share), allocation),
    cautions: () => [],
    assumptions: meanAssumptions(spread.test),
  };
}

/** The spread of outcomes of which a share is there and the others are 0. */
function thinned(
  { test, deviations }: MeanSpread,
  controlMean: number,
  treatmentMean: number,
  share: number,
): MeanSpread {
  const deviation = (whole: number, mean: number): number =>
    Math.sqrt(share * (whole ** 2 + (1 - share) * mean ** 2));
  return {
    test,
    deviations: {
      control: deviation(deviations.control, controlMean),
      treatment: deviation(deviations.treatment, treatmentMean),
    },
  };
}

function ratioMetric(metric: RatioTableMetric, delay: ConversionDelay): OwnPart {
  const past = checkedRatioMetric(metric);
  const { difference, lift } = ratioEffect(metric, past);
  if (!("attributionDays" in delay)) {
    throw new DomainError(
      "conversionDelay",
      delay,
      "must have attributionDays for a ratio, of which it is not known how its parts come in",
    );
  }
  return {
    kind: "ratio",
    method: "delta",
    difference,
    lift,
    testAt: (_, allocation) => plannedMeanTest(difference, past.spread, allocation),
    cautions: () => [],
    assumptions: RATIO_ASSUMPTIONS,
  };
}

function countMetric(metric: CountTableMetric): OwnPart {
  const effect = countEffect(metric);
  const method = checkedCountTest(metric.test);
  // A share of the events of each unit is there, each of them or not on its own.
  const effectAt = (share: number): CountEffect => ({
    ...effect,
    baseline: share * effect.baseline,
    treatmentRate: share * effect.treatmentRate,
    difference: share * effect.difference,
    dispersion: 1 + share * (effect.dispersion - 1),
  });
  return {
    kind: "count",
    method,
    difference: effect.difference,
    lift: effect.lift,
    testAt: (share, allocation) => plannedNormalTest(normalCountTest(method, effectAt(share), allocation)),
    cautions: (sizes) => fewEvents(effect, sizes),
    assumptions: COUNT_ASSUMPTIONS,
  };
}
