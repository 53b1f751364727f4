import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { compareClusters } from "../../src/inference/compare-clusters.ts";
import { compareMeans } from "../../src/inference/compare-means.ts";
import type { Cluster } from "../../src/summaries/cluster.ts";
import reference from "../reference/inference/clusters.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

const arm = (n: readonly number[], total: readonly number[], variance?: readonly number[]) => ({
  clusters: n.map((size, i): Cluster => ({
    n: size,
    total: total[i]!,
    ...(variance ? { variance: variance[i]! } : {}),
  })),
});

describe("compareClusters against R", () => {
  // Largest errors seen: 3e-14 and p 7e-14 (clubSandwich, which inverts matrices), the correlation 1e-15.
  it("has estimate, standard error, degrees of freedom and p of clubSandwich's CR2 and of the pooled t-test of means", () => {
    for (const { n, total, variance, unit, cluster, icc } of reference.cases) {
      const control = arm(n[0]!, total[0]!, variance[0]);
      const treatment = arm(n[1]!, total[1]!, variance[1]);
      for (const [weighting, expected] of [
        ["unit", unit],
        ["cluster", cluster],
      ] as const) {
        const result = compareClusters({ control, treatment, weighting });
        const { estimate, standardError } = result.difference;
        const found = [estimate!, standardError!, result.degreesOfFreedom, result.pValue!];
        found.forEach((value, i) => expect(relativeError(value, expected[i]!)).toBeLessThan(1e-12));
        expect(Math.abs(result.intraclassCorrelation! - icc)).toBeLessThan(1e-12);
      }
    }
  });
});

describe("compareClusters", () => {
  const control = arm([120, 90, 200, 75], [14, 13, 21, 8]);
  const treatment = arm([110, 95, 160, 90], [19, 13, 26, 14]);

  it("is Welch's test where every cluster is one unit, but for the degrees of freedom", () => {
    const values = [
      [3, 5, 4, 8, 2],
      [6, 7, 5, 9],
    ] as const;
    const ones = (list: readonly number[]) =>
      arm(
        list.map(() => 1),
        list,
      );
    const result = compareClusters({ control: ones(values[0]), treatment: ones(values[1]) });
    const means = compareMeans({
      control: { n: 5, mean: 4.4, variance: 5.3 },
      treatment: { n: 4, mean: 6.75, variance: 35 / 12 },
    });
    expect(relativeError(result.statistic!, means.statistic!)).toBeLessThan(1e-14);
    expect(result.intraclassCorrelation).toBeNull();
  });

  it("gives both weightings the same estimate where all clusters have one size, and pooled degrees of freedom", () => {
    const [a, b] = [arm([10, 10, 10], [3, 5, 1]), arm([10, 10, 10], [6, 5, 9])];
    const [unit, cluster] = (["unit", "cluster"] as const).map((weighting) =>
      compareClusters({ control: a, treatment: b, weighting }),
    );
    expect(relativeError(unit!.difference.estimate!, cluster!.difference.estimate!)).toBeLessThan(1e-14);
    expect(relativeError(unit!.difference.standardError!, cluster!.difference.standardError!)).toBeLessThan(
      1e-14,
    );
    expect(unit!.degreesOfFreedom).toBeCloseTo(4, 12);
    expect(cluster!.degreesOfFreedom).toBe(4);
  });

  it("has no correlation without variances, and a design effect with them", () => {
    expect(compareClusters({ control, treatment })).toMatchObject({
      intraclassCorrelation: null,
      designEffect: null,
    });
    // Two clusters of ten, alike within and unlike between: the units of a cluster say one thing.
    const alike = arm([10, 10], [0, 10], [0, 0]);
    const result = compareClusters({ control: alike, treatment: alike });
    expect(result).toMatchObject({ intraclassCorrelation: 1, designEffect: 10 });
  });

  it("warns of few degrees of freedom", () => {
    const few = { control: arm([5, 500], [1, 90]), treatment: arm([6, 400], [2, 80]) };
    const result = compareClusters(few);
    expect(result.degreesOfFreedom).toBeLessThan(2);
    expect(result.warnings.map(({ code }) => code)).toContain("FEW_CLUSTERS");
  });

  it("gives equal clusters without variance p = 1, and unequal ones no answer", () => {
    const flat = arm([10, 20], [10, 20]);
    expect(compareClusters({ control: flat, treatment: flat })).toMatchObject({ statistic: 0, pValue: 1 });
    expect(compareClusters({ control: flat, treatment: arm([10, 20], [20, 40]) })).toMatchObject({
      pValue: null,
      status: "undetermined",
    });
  });

  it.each([1, 1e9, 1e12])("keeps its head with %d units in one cluster and one in the other", (n) => {
    const result = compareClusters({
      control: arm([n, 1], [n * 0.2, 1]),
      treatment: arm([n, 1], [n * 0.3, 0]),
    });
    expect(result.degreesOfFreedom).toBeGreaterThan(0.99);
    expect(result.pValue).toBeGreaterThan(0);
    expect(result.pValue).toBeLessThanOrEqual(1);
  });

  it("does not change with the order of clusters or the scale of the metric", () => {
    const cluster = fc.record({
      n: fc.integer({ min: 1, max: 1000 }),
      total: fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 1e4, noNaN: true })),
    });
    const clusters = fc.array(cluster, { minLength: 2, maxLength: 8 });
    const weightings = fc.constantFrom("unit" as const, "cluster" as const);
    fc.assert(
      fc.property(clusters, clusters, weightings, (a, b, weighting) => {
        const there = compareClusters({ control: { clusters: a }, treatment: { clusters: b }, weighting });
        const scaled = (list: typeof a) => ({
          clusters: list.map(({ n, total }) => ({ n, total: total * 1024 })).toReversed(),
        });
        const back = compareClusters({ control: scaled(a), treatment: scaled(b), weighting });
        if (there.statistic === null || back.statistic === null) return;
        // Means that agree but for rounding leave a statistic without digits.
        const size = Math.abs(there.control.mean) + Math.abs(there.treatment.mean);
        if (there.difference.standardError! < 1e-9 * size) return;
        expect(Math.abs(back.statistic - there.statistic)).toBeLessThan(
          1e-5 * (1 + Math.abs(there.statistic)),
        );
        expect(relativeError(back.degreesOfFreedom, there.degreesOfFreedom)).toBeLessThan(1e-12);
      }),
    );
  });

  it.each([
    [{ control: arm([10], [1]), treatment }, "control.clusters"],
    [{ control, treatment: { clusters: [] } }, "treatment.clusters"],
    [{ control: arm([10, 0], [1, 1]), treatment }, "control.clusters[1].n"],
    [{ control: arm([10, 5], [1, Number.NaN]), treatment }, "control.clusters[1].total"],
    [{ control: arm([10, 5], [1, 1], [1, -1]), treatment }, "control.clusters[1].variance"],
    [{ control: arm([10, 1], [1, 1], [1, 1]), treatment }, "control.clusters[1].variance"],
    [{ control: arm([2 ** 53 - 1, 2 ** 53 - 1], [1, 1]), treatment }, "control.n"],
    [{ control, treatment, weighting: "shop" as never }, "weighting"],
  ] as const)("%j is refused, naming %s", (options, field) => {
    expect(() => compareClusters(options)).toThrow(DomainError);
    expect(() => compareClusters(options)).toThrow(field);
  });
});
