import { describe, expect, it } from "vitest";
import type { DomainError } from "../../src/core/domain-error.ts";
import type { MetricKind } from "../../src/core/metric-kind.ts";
import { analyzeExperiment } from "../../src/experiment/analyze-experiment.ts";
import { analyzeFunnel } from "../../src/experiment/analyze-funnel.ts";
import type { ExperimentData, MetricResult, PartData } from "../../src/experiment/experiment-data.ts";
import { planExperiment } from "../../src/experiment/plan-experiment.ts";
import { faultOf } from "../support/sound-result.ts";

function documentOf(
  kind: MetricKind,
  n: number,
  control: Omit<MetricResult, "metric">,
  treatment: Omit<MetricResult, "metric">,
): ExperimentData {
  const part = (name: string, result: Omit<MetricResult, "metric">): PartData => ({
    name,
    n,
    results: [{ metric: "sale", ...result }],
  });
  return {
    name: "Green button",
    control: "grey",
    metrics: [{ name: "sale", role: "macro", kind }],
    arms: [part("grey", control), part("green", treatment)],
  };
}

const RATES = documentOf("proportion", 1000, { conversions: 50 }, { conversions: 60 });

/** The field that a call complains of. */
function fieldOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return (error as DomainError).field;
  }
  return "none";
}

describe("a document with extreme numbers", () => {
  const means = [
    [2, 0, 0, 5e-324],
    [2, 1, 1.01, 1e-300],
    [2, 1e150, -1e150, 1],
    [2, 1, 1, 1e300],
    [2, 1e200, 1e200, 1e200],
    [2, 1.7e308, -1.7e308, 0],
    [1000, 1e8, 1.01e8, 1e-6],
  ] as const;

  it.each(means)(
    "is read or refused, never a crash or NaN: %d units with means %d and %d",
    (n, a, b, variance) => {
      for (const views of [["frequentist"], ["bayesian"]] as const) {
        const data = documentOf("mean", n, { mean: a, variance }, { mean: b, variance });
        expect(faultOf(analyzeExperiment({ ...data, views: [...views] }))).toBe(null);
      }
    },
  );

  it("knows the chance of means a million million errors apart, of which the tails are all there is", () => {
    const far = documentOf("mean", 2, { mean: 10, variance: 1 }, { mean: 10 + 1e12, variance: 1 });
    const { chance } = analyzeExperiment(far).treatments[0]!.metrics[0]!;
    // The difference of two Cauchy variables is one.
    const exact = Math.log(Math.atan(Math.SQRT2 / 1e12) / Math.PI);
    expect(Math.abs(chance!.logProbabilityToLose / exact - 1)).toBeLessThan(1e-12);
  });
});

describe("what is wrong with a document", () => {
  it.each([5e-324, 1e-17])("is a type I error of %d, by its path", (alpha) => {
    expect(fieldOf(() => analyzeExperiment({ ...RATES, alpha }))).toBe("data.alpha");
    const plan = {
      name: "Green button",
      control: "grey",
      treatments: ["green"],
      metrics: [{ ...RATES.metrics![0]!, baseline: 0.05, lift: 0.1 }],
    };
    expect(fieldOf(() => planExperiment({ ...plan, alpha }))).toBe("plan.alpha");
    const planned: ExperimentData = { name: "Green button", plan: { ...plan, alpha }, arms: RATES.arms };
    expect(fieldOf(() => analyzeExperiment(planned))).toBe("data.plan.alpha");
  });

  it.each([
    [5e-324, 1],
    [1, 1e300],
  ])("is a share of %d beside one of %d, by the path of the smaller", (first, second) => {
    const arms = RATES.arms.map((arm, i) => ({ ...arm, share: i === 0 ? first : second }));
    const call = (): unknown => analyzeExperiment({ ...RATES, arms });
    expect(fieldOf(call)).toBe("data.arms[0].share");
    expect(call).toThrow("must be at least 1e-15 of the largest share");
  });

  it("is a day that is a date", () => {
    const days = [1, 20_240_702].map((day) => ({ day, arms: [...RATES.arms] }));
    const call = (): unknown =>
      analyzeExperiment({ ...RATES, dailySeries: [{ by: "day-of-exposure", days }] });
    expect(fieldOf(call)).toBe("data.dailySeries[0].days[1].day");
    expect(call).toThrow("must be at most 36525");
  });

  it("is a view asked for twice", () => {
    const views = ["bayesian", "bayesian"] as const;
    expect(fieldOf(() => analyzeExperiment({ ...RATES, views }))).toBe("data.views[1]");
  });

  it("is a segmentation or a series without a metric", () => {
    const arms = RATES.arms.map((arm) => ({ name: arm.name, n: 10, results: [] }));
    const segments = [{ name: "phone", arms }];
    expect(
      fieldOf(() =>
        analyzeExperiment({
          ...RATES,
          segmentations: [{ name: "device", measured: "before-exposure", segments }],
        }),
      ),
    ).toBe("data.segmentations[0].segments[0].arms");
    const days = [{ day: 1, arms }];
    expect(fieldOf(() => analyzeExperiment({ ...RATES, dailySeries: [{ by: "day-of-entry", days }] }))).toBe(
      "data.dailySeries[0].days[0].arms",
    );
  });

  it("is a conversion that the catalogue spells in another way, which it tells", () => {
    const metrics = [{ ...RATES.metrics![0]!, conversion: "Add to cart" }];
    expect(() => analyzeExperiment({ ...RATES, metrics })).toThrow(
      'not "Add to cart" (did you mean "add-to-cart"?)',
    );
    const strange = [{ ...RATES.metrics![0]!, conversion: "dance" }];
    expect(() => analyzeExperiment({ ...RATES, metrics: strange })).toThrow(/not "dance"$/);
  });
});

describe("a funnel with the law of its largest statistic", () => {
  const funnel = (length: number) => ({
    steps: Array.from({ length }, (_, k) => `step ${k}`),
    control: { n: 1e6, reached: Array.from({ length }, (_, k) => 900_000 - 1000 * k) },
    treatment: { n: 1e6, reached: Array.from({ length }, (_, k) => 901_000 - 1000 * k) },
  });

  it("has at most 50 steps, and with other methods more", () => {
    expect(analyzeFunnel({ ...funnel(50), adjustment: "max-z" }).steps.length).toBe(50);
    const call = (): unknown => analyzeFunnel({ ...funnel(51), adjustment: "max-z" });
    expect(fieldOf(call)).toBe("steps");
    expect(call).toThrow('must be at most 50 with adjustment "max-z"');
    expect(analyzeFunnel(funnel(51)).steps.length).toBe(51);
  });
});
