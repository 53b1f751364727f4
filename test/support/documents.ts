import { METRIC_KINDS, type MetricKind } from "../../src/core/metric-kind.ts";
import type {
  ArmData,
  ExperimentData,
  MetricResult,
  PartData,
} from "../../src/experiment/experiment-data.ts";
import type { ExperimentPlan, PlannedMetric } from "../../src/experiment/experiment-plan.ts";
import { createRandom, type Random } from "../../src/numerics/random.ts";

/** How large a generated document is. */
export interface DocumentSize {
  readonly treatments: number;
  /** The macro metric, a nested proxy with elicited effects and a guardrail come first; at least 3. */
  readonly metrics: number;
  /** Of one segmentation; none where 0. */
  readonly segments?: number;
  /** Of one series by day of entry; none where 0. */
  readonly days?: number;
  /** Planned looks, of which all but the last were taken; read once where 0. */
  readonly looks?: number;
  /** Of the secondary metrics, in turn. */
  readonly kinds?: readonly MetricKind[];
  readonly seed?: number;
}

const UNITS = 40_000;

/** A sound document of any size, under a plan, the same for the same seed. */
export function experimentDocument(size: DocumentSize): ExperimentData {
  const { segments = 0, days = 0, looks = 0, kinds = METRIC_KINDS, seed = 7 } = size;
  const random = createRandom(seed);
  const metrics = Array.from({ length: size.metrics }, (_, i) => plannedMetric(i, kinds));
  const names = ["control", ...Array.from({ length: size.treatments }, (_, i) => `treatment ${i + 1}`)];
  const n = looks === 0 ? UNITS : Math.round((UNITS * (looks - 1)) / looks);
  const arms = names.map((name): ArmData => ({
    name,
    n,
    results: metrics.map((metric) => resultOf(metric, n, random)),
  }));
  const parts = (count: number): PartData[] => arms.map((arm) => part(arm, 1 / count, random));
  const earlier = Array.from({ length: Math.max(0, looks - 2) }, (_, k) => (k + 1) / (looks - 1));
  const plan: ExperimentPlan = {
    name: "generated",
    control: names[0]!,
    treatments: names.slice(1),
    totalUnitsPerDay: 2000,
    n: UNITS,
    metrics,
    ...(looks > 0 && { monitoring: { method: "group-sequential", looks } }),
  };
  return {
    name: "generated",
    plan,
    days: Math.max(60, days),
    arms,
    ...(segments > 0 && {
      segmentations: [
        {
          name: "country",
          measured: "before-exposure",
          segments: range(segments).map((i) => ({ name: `country ${i + 1}`, arms: parts(segments) })),
        },
      ],
    }),
    ...(days > 0 && {
      dailySeries: [
        { by: "day-of-entry", days: range(days).map((i) => ({ day: i + 1, arms: parts(days) })) },
      ],
    }),
    ...(looks > 0 && {
      earlierLooks: earlier.map((share) => ({ arms: arms.map((arm) => until(arm, share)) })),
    }),
  };
}

function range(length: number): number[] {
  return Array.from({ length }, (_, i) => i);
}

function plannedMetric(i: number, kinds: readonly MetricKind[]): PlannedMetric {
  const proportion = { kind: "proportion", attributionDays: 7 } as const;
  if (i === 0) return { ...proportion, name: "order", role: "macro", baseline: 0.02, lift: 0.2 };
  if (i === 1) {
    const effects = { elasticity: 0.6, tauProxy: 0.15, directEffectSd: 0.1 };
    return { ...proportion, name: "cart", role: "proxy", baseline: 0.1, lift: 0.1, nested: true, effects };
  }
  if (i === 2) {
    const spread = { baseline: LEVEL, standardDeviation: LEVEL };
    return {
      name: "load time",
      role: "guardrail",
      kind: "mean",
      improvesWhen: "decrease",
      margin: 0.05,
      ...spread,
    };
  }
  const kind = kinds[i % kinds.length]!;
  const shared = { name: `metric ${i}`, role: "secondary", kind, lift: 0.1 } as const;
  if (kind === "proportion") return { ...shared, baseline: 0.05 };
  return kind === "count"
    ? { ...shared, baseline: 0.5 }
    : { ...shared, baseline: LEVEL, standardDeviation: LEVEL };
}

/** Of means: that of the treatment is a little off. */
const LEVEL = 3;

function resultOf({ name, kind, baseline }: PlannedMetric, n: number, random: Random): MetricResult {
  const factor = 1 + 0.01 * random.normal();
  const level = baseline * factor;
  const metric = { metric: name };
  switch (kind) {
    case "proportion":
      return { ...metric, conversions: random.binomial(n, level) };
    case "mean":
      return { ...metric, mean: level, variance: LEVEL ** 2 };
    case "ratio": {
      const denominator = { mean: 2, variance: 4 };
      return { ...metric, numerator: { mean: 2 * level, variance: 60 }, denominator, covariance: 12 };
    }
    case "count":
      return { ...metric, events: random.binomial(4 * n, level / 4) };
  }
}

/** What a share of an arm's units showed; one unit in ten is in no part. */
function part(arm: ArmData, ofAll: number, random: Random): PartData {
  const share = 0.9 * ofAll;
  const count = (whole: number): number => Math.floor(whole * share * (1 - 0.1 * random.uniform()));
  const near = (mean: number): number => mean * (1 + 0.02 * random.normal());
  const results = arm.results.map((result): MetricResult => {
    const { conversions, mean, numerator, events } = result;
    if (conversions !== undefined) return { ...result, conversions: count(conversions) };
    if (mean !== undefined) return { ...result, mean: near(mean) };
    if (numerator !== undefined)
      return { ...result, numerator: { ...numerator, mean: near(numerator.mean) } };
    return { ...result, events: count(events!) };
  });
  return { name: arm.name, n: Math.floor(arm.n * share), results };
}

/** What an arm showed at a look before: its counts were as many in proportion. */
function until(arm: ArmData, share: number): ArmData {
  const results = arm.results.map((result): MetricResult => {
    const { conversions, events } = result;
    if (conversions !== undefined) return { ...result, conversions: Math.floor(conversions * share) };
    return events === undefined ? result : { ...result, events: Math.floor(events * share) };
  });
  return { ...arm, n: Math.floor(arm.n * share), results };
}
