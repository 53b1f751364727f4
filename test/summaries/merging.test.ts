import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkJointCounts } from "../../src/summaries/joint-counts.ts";
import { checkMean, mergeMeans, type Mean } from "../../src/summaries/mean.ts";
import { checkMoments, mergeMoments, proportionMoments, type Moments } from "../../src/summaries/moments.ts";
import { checkProportion, mergeProportions } from "../../src/summaries/proportion.ts";

const proportion = fc
  .tuple(fc.integer({ min: 1, max: 1_000_000 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([n, share]) => ({ n, conversions: Math.floor(share * n) }));
const values = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 20 });
const count = fc.integer({ min: 0, max: 100_000 });
const table = fc
  .record({ neither: count, macroOnly: count, microOnly: count, both: count })
  .filter((t) => t.neither + t.macroOnly + t.microOnly + t.both > 1);

/** Two passes over the raw values: the definition, for comparison. */
function summarize(list: readonly number[]): Mean {
  const mean = list.reduce((sum, value) => sum + value, 0) / list.length;
  const squares = list.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { n: list.length, mean, variance: list.length > 1 ? squares / (list.length - 1) : 0 };
}

function expectClose(actual: number, expected: number, scale: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-12 * scale);
}

describe("mergeProportions", () => {
  it("is associative and ignores order", () => {
    fc.assert(
      fc.property(proportion, proportion, proportion, (a, b, c) => {
        const all = mergeProportions([a, b, c]);
        expect(mergeProportions([mergeProportions([a, b]), c])).toEqual(all);
        expect(mergeProportions([a, mergeProportions([b, c])])).toEqual(all);
        expect(mergeProportions([c, a, b])).toEqual(all);
      }),
    );
  });

  it("names the part that is broken", () => {
    expect(() => mergeProportions([])).toThrow("parts = [], must be a list of at least one proportion");
    expect(() =>
      mergeProportions([
        { n: 1, conversions: 1 },
        { n: 122, conversions: 130 },
      ]),
    ).toThrow("parts[1].conversions = 130, must be at most n = 122");
    expect(() => checkProportion("control", { n: 0, conversions: 0 })).toThrow(
      "control.n = 0, must be a whole number at or above 1",
    );
    const half = { n: 2 ** 52, conversions: 0 };
    expect(() => mergeProportions([half, half])).toThrow("total.n = 9007199254740992");
  });
});

describe("mergeMeans", () => {
  it("gives the mean and variance of all values together", () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const merged = mergeMeans([summarize(a), summarize(b)]);
        const direct = summarize([...a, ...b]);
        expect(merged.n).toBe(direct.n);
        expectClose(merged.mean, direct.mean, 1e3);
        expectClose(merged.variance, direct.variance, 1e6);
      }),
    );
  });

  it("is associative", () => {
    fc.assert(
      fc.property(values, values, values, (a, b, c) => {
        const [x, y, z] = [summarize(a), summarize(b), summarize(c)] as const;
        const left = mergeMeans([mergeMeans([x, y]), z]);
        const right = mergeMeans([x, mergeMeans([y, z])]);
        expectClose(left.mean, right.mean, 1e3);
        expectClose(left.variance, right.variance, 1e6);
      }),
    );
  });

  it("keeps the variance of values that sit on a large offset, where sums of squares lose it", () => {
    const offset = 1e9;
    const parts = [[1, 2, 3], [4, 5], [6]].map((list) => summarize(list.map((value) => value + offset)));
    expectClose(mergeMeans(parts).variance, 3.5, 3.5);
  });

  it("names what is broken", () => {
    expect(() => checkMean("control", { n: 1, mean: 2, variance: 1 })).toThrow(
      "control.variance = 1, must be 0 where n = 1",
    );
    expect(() => checkMean("control", { n: 5, mean: Number.NaN, variance: 1 })).toThrow("control.mean = NaN");
    expect(() => checkMean("control", { n: 5, mean: 1, variance: -1 })).toThrow("control.variance = -1");
    expect(() => mergeMeans([])).toThrow("parts = []");
  });
});

describe("mergeMoments and proportionMoments", () => {
  it("merges tables as if the counts had been added first", () => {
    fc.assert(
      fc.property(table, table, (a, b) => {
        const merged = mergeMoments([proportionMoments(a), proportionMoments(b)]);
        const direct = proportionMoments({
          neither: a.neither + b.neither,
          macroOnly: a.macroOnly + b.macroOnly,
          microOnly: a.microOnly + b.microOnly,
          both: a.both + b.both,
        });
        expect(merged.n).toBe(direct.n);
        merged.mean.forEach((mean, i) => expectClose(mean, direct.mean[i]!, 1));
        merged.covariance.flat().forEach((entry, i) => expectClose(entry, direct.covariance.flat()[i]!, 1));
      }),
    );
  });

  it("agrees with the sample covariance of Hillstrom's control arm", () => {
    const moments = proportionMoments({ neither: 19044, macroOnly: 0, microOnly: 2140, both: 122 });
    // Sample covariances computed from the 21,306 rows of the arm.
    expectClose(moments.covariance[0]![0]!, 0.0949002403109789, 1e-1);
    expectClose(moments.covariance[0]![1]!, 0.005118403765667294, 1e-2);
    expectClose(moments.covariance[1]![1]!, 0.005693565709509325, 1e-2);
  });

  it("passes its own check for every table", () => {
    fc.assert(fc.property(table, (t) => checkMoments("moments", proportionMoments(t))));
  });

  it("names what is broken", () => {
    const good: Moments = {
      n: 10,
      metrics: ["a", "b"],
      mean: [1, 2],
      covariance: [
        [1, 0.5],
        [0.5, 1],
      ],
    };
    const broken = (change: Partial<Moments>) => () => checkMoments("arm", { ...good, ...change });
    expect(broken({})).not.toThrow();
    expect(broken({ metrics: ["a", "a"] })).toThrow("must not name a metric twice");
    expect(broken({ mean: [1] })).toThrow("arm.mean = [1], must have one entry for each of the 2 metrics");
    expect(
      broken({
        covariance: [
          [1, 0.5],
          [0.4, 1],
        ],
      }),
    ).toThrow("arm.covariance[0][1] = 0.5, must equal its mirror image 0.4");
    expect(
      broken({
        covariance: [
          [1, 2],
          [2, 1],
        ],
      }),
    ).toThrow("must be positive semidefinite");
    expect(
      broken({
        covariance: [
          [-1, 0],
          [0, 1],
        ],
      }),
    ).toThrow("arm.covariance[0][0] = -1");
    expect(
      broken({
        covariance: [
          [0, 0.5],
          [0.5, 1],
        ],
      }),
    ).toThrow("must be 0 beside a variance of 0");
    expect(() => mergeMoments([good, { ...good, metrics: ["b", "a"] }])).toThrow("parts[1].metrics");
    expect(() => mergeMoments([good, { ...good, metrics: ["a"], mean: [1], covariance: [[1]] }])).toThrow(
      "parts[1].metrics",
    );
  });
});

describe("joint counts", () => {
  const joint = { neither: 900, macroOnly: 5, microOnly: 75, both: 20 };

  it("must be whole numbers of at least one unit", () => {
    expect(() => checkJointCounts("t", { ...joint, both: 1.5 })).toThrow("t.both = 1.5");
    expect(() => checkJointCounts("t", { neither: 0, macroOnly: 0, microOnly: 0, both: 0 })).toThrow(
      "must count at least one unit",
    );
  });
});
