import { describe, expect, it } from "vitest";
import type { Alternative } from "../../src/core/alternative.ts";
import { createRandom } from "../../src/numerics/random.ts";
import { groupSequentialDesign } from "../../src/sequential/group-sequential-design.ts";
import { type Monitoring, monitoringRule } from "../../src/sequential/monitoring.ts";
import {
  sequentialDuration,
  type SequentialDurationOptions,
} from "../../src/sequential/sequential-duration.ts";
import { simulateSequential } from "../../src/sequential/simulate-sequential.ts";

const mean: SequentialDurationOptions = {
  baseline: 1,
  standardDeviation: 3,
  lift: 0.08,
  unitsPerDay: 1000,
  horizonDays: 28,
  monitoring: { method: "naive-peeking" },
};
const rate: SequentialDurationOptions = { ...mean, baseline: 0.05, standardDeviation: undefined, lift: 0.12 };

describe("the power of a monitored experiment", () => {
  it.each<[string, SequentialDurationOptions]>([
    ["group-sequential", { ...mean, monitoring: designed("obrien-fleming", "two-sided") }],
    ["group-sequential, one-sided", { ...mean, monitoring: designed("pocock", "greater") }],
    ["mSPRT", { ...mean, monitoring: { method: "normal-mixture", mixtureVariance: 0.01 } }],
    ["mSPRT, one-sided", { ...mean, alternative: "greater", monitoring: { method: "normal-mixture" } }],
    ["asymptotic", { ...mean, alternative: "greater", monitoring: { method: "asymptotic" } }],
    ["peeking", mean],
  ])("is that of 300,000 simulated ones, within 4 standard errors: %s", (_, options) => {
    agree(options, 300_000);
  });

  // At a thousand units a look the normal approximation itself is off by less than the Monte Carlo error of this many.
  it.each<[string, SequentialDurationOptions]>([
    ["group-sequential", { ...rate, monitoring: designed("obrien-fleming", "two-sided") }],
    ["mSPRT", { ...rate, monitoring: { method: "normal-mixture" } }],
    ["asymptotic", { ...rate, alternative: "greater", monitoring: { method: "asymptotic" } }],
  ])("is that of a hundred thousand simulated ones with counts: %s", (_, options) => {
    agree(options, 100_000);
  });
});

function designed(spending: "obrien-fleming" | "pocock", alternative: Alternative): Monitoring {
  return {
    method: "group-sequential",
    design: groupSequentialDesign({ informationRates: [0.2, 0.5, 0.7, 1], spending, alternative }),
  };
}

function agree(options: SequentialDurationOptions, experiments: number): void {
  const computed = sequentialDuration(options);
  const simulated = sequentialDuration({
    ...options,
    computation: "simulation",
    experiments,
    rng: createRandom(2026),
  });
  const { standardErrors } = simulated.simulation!;
  for (const figure of ["power", "typeIError", "meanDays", "meanDaysWithoutEffect"] as const) {
    const distance = Math.abs(simulated[figure] - computed[figure]) / standardErrors[figure];
    expect(distance).toBeLessThan(4);
  }
}

describe("peeking at each of 100,000 looks", () => {
  const looks = 100_000;
  it.each<[Monitoring, Alternative, number]>([
    [{ method: "normal-mixture", tightestN: 5000 }, "two-sided", 0.05],
    [{ method: "normal-mixture", mixtureVariance: 1 }, "two-sided", 0.05],
    [{ method: "normal-mixture", tightestN: 500 }, "greater", 0.05],
    [{ method: "asymptotic", tightestN: 500 }, "greater", 0.05],
    [{ method: "asymptotic", tightestN: 50 }, "two-sided", 0.2],
  ])("keeps the type I error of means: %o, %s, %d", (monitoring, alternative, alpha) => {
    const n = Array.from({ length: looks }, (_, look) => look + 1);
    const standardErrors = n.map((units) => Math.sqrt(2 / units));
    const bounds = monitoringRule(monitoring, { alpha, alternative }).bounds(n, standardErrors);
    const { rejection } = simulateSequential({
      baseline: 1,
      standardDeviation: 1,
      lift: 0,
      n,
      ...bounds,
      alternative,
      experiments: 800,
      rng: createRandom(5),
    });
    expect(rejection.estimate).toBeLessThan(alpha + 3 * rejection.standardError);
    // And is no test that never rejects.
    expect(rejection.estimate).toBeGreaterThan(alpha / 10);
  });

  it.each<[number, number]>([
    [0.05, 1000],
    [0.002, 20_000],
  ])("keeps that of rates of %d from the %d-th unit on", (baseline, first) => {
    const n = Array.from({ length: looks }, (_, look) => first + 10 * look);
    const standardErrors = n.map((units) => Math.sqrt((2 * baseline * (1 - baseline)) / units));
    const rule = monitoringRule({ method: "normal-mixture", tightestN: 10 * first }, {});
    const { rejection } = simulateSequential({
      baseline,
      lift: 0,
      n,
      ...rule.bounds(n, standardErrors),
      test: "wald",
      experiments: 800,
      rng: createRandom(6),
    });
    expect(rejection.estimate).toBeLessThan(0.05 + 3 * rejection.standardError);
  });
});
