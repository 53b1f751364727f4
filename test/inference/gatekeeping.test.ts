import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { adjustLogPValues, adjustPValues } from "../../src/inference/adjust-p-values.ts";
import { gatekeeping } from "../../src/inference/gatekeeping.ts";
import { graphicalProcedure } from "../../src/inference/graphical-procedure.ts";

// The closure principle (Marcus, Peritz and Gabriel 1976): a hypothesis is rejected when every intersection that it is
// part of is. Its adjusted p-value is the largest p-value of those intersections: here all 2^m − 1 of them are asked.

type LocalTest = (members: readonly number[]) => number;

function byClosure(m: number, local: LocalTest): number[] {
  const adjusted = Array.from({ length: m }, () => 0);
  for (let mask = 1; mask < 2 ** m; mask++) {
    const members = Array.from({ length: m }, (_, i) => i).filter((i) => (mask >> i) & 1);
    const p = Math.min(1, local(members));
    for (const i of members) adjusted[i] = Math.max(adjusted[i]!, p);
  }
  return adjusted;
}

const bonferroni =
  (p: readonly number[]): LocalTest =>
  (members) =>
    members.length * Math.min(...members.map((i) => p[i]!));
const simes =
  (p: readonly number[]): LocalTest =>
  (members) => {
    const sorted = members.map((i) => p[i]!).toSorted((a, b) => a - b);
    return Math.min(...sorted.map((value, rank) => (members.length * value) / (rank + 1)));
  };

function expectSame(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) =>
    expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(1e-13 * expected[i]! + 1e-320),
  );
}

const p = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.01, 0.02, 0.05, 1));
const weighted = fc
  .array(fc.tuple(p, fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 7 })
  .map((list) => {
    const total = list.reduce((sum, [, weight]) => sum + weight, 0);
    return { pValues: list.map(([value]) => value), weights: list.map(([, weight]) => weight / total) };
  });

/** Weights that hand all they have to the next: Wiens' fallback procedure. */
const chain = (m: number): number[][] =>
  Array.from({ length: m }, (_, i) => Array.from({ length: m }, (_column, j) => (j === i + 1 ? 1 : 0)));

describe("the closure principle, over all intersections, agrees with", () => {
  it("Holm's procedure on Bonferroni's test, and Hommel's on Simes'", () => {
    fc.assert(
      fc.property(weighted, ({ pValues }) => {
        expectSame(adjustPValues(pValues, "holm"), byClosure(pValues.length, bonferroni(pValues)));
        expectSame(adjustPValues(pValues, "hommel"), byClosure(pValues.length, simes(pValues)));
      }),
    );
  });

  it("Holm's weighted procedure on weighted Bonferroni tests", () => {
    fc.assert(
      fc.property(weighted, ({ pValues, weights }) => {
        const local: LocalTest = (members) => {
          const total = members.reduce((sum, i) => sum + weights[i]!, 0);
          return Math.min(...members.map((i) => (pValues[i]! / weights[i]!) * total));
        };
        expectSame(adjustPValues(pValues, "holm", { weights }), byClosure(pValues.length, local));
      }),
    );
  });

  it("serial gates on Bonferroni tests of the first family that an intersection touches", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(p, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
        (lists) => {
          const flat = lists.flat();
          const familyOf = lists.flatMap((list, k) => list.map(() => k));
          const local: LocalTest = (members) => {
            const first = Math.min(...members.map((i) => familyOf[i]!));
            return bonferroni(flat)(members.filter((i) => familyOf[i] === first));
          };
          const { families } = gatekeeping({ families: lists.map((pValues) => ({ pValues })) });
          expectSame(
            families.flatMap(({ adjustedPValues }) => adjustedPValues),
            byClosure(flat.length, local),
          );
        },
      ),
    );
  });

  it("the fallback procedure on the weights that the members of an intersection inherit", () => {
    fc.assert(
      fc.property(weighted, ({ pValues, weights }) => {
        // Each member has its own part, and those of the tests just before it that are not members.
        const local: LocalTest = (members) => {
          let inherited = 0;
          let least = 1;
          weights.forEach((weight, i) => {
            inherited += weight;
            if (!members.includes(i)) return;
            least = Math.min(least, pValues[i]! / inherited);
            inherited = 0;
          });
          return least;
        };
        const { adjustedPValues } = graphicalProcedure({
          pValues,
          weights,
          transitions: chain(pValues.length),
        });
        expectSame(adjustedPValues, byClosure(pValues.length, local));
      }),
    );
  });

  it("any graph on the weights that are left when the tests outside an intersection are taken out one by one", () => {
    const graph = fc.integer({ min: 1, max: 5 }).chain((m) =>
      fc.record({
        pValues: fc.array(p, { minLength: m, maxLength: m }),
        parts: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: m + 1, maxLength: m + 1 }),
        rows: fc.array(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: m + 1, maxLength: m + 1 }), {
          minLength: m,
          maxLength: m,
        }),
      }),
    );
    fc.assert(
      fc.property(graph, ({ pValues, parts, rows }) => {
        const share = (list: readonly number[]): number[] => {
          const total = list.reduce((a, b) => a + b, 0) || 1;
          return list.slice(0, -1).map((part) => part / total);
        };
        const weights = share(parts);
        const transitions = rows.map((row, i) => share(row.map((part, j) => (j === i ? 0 : part))));
        const { adjustedPValues } = graphicalProcedure({ pValues, weights, transitions });
        const local: LocalTest = (members) => {
          const left = inheritedWeights(members, weights, transitions);
          return Math.min(1, ...members.map((i) => (left[i]! > 1e-15 ? pValues[i]! / left[i]! : 1)));
        };
        expectSame(adjustedPValues, byClosure(pValues.length, local));
      }),
      { numRuns: 30 },
    );
  });
});

/**
 * Where alpha ends that starts at a random test and walks the graph until it meets a member of the intersection: the
 * chances of absorption, by following the walk for very long.
 */
function inheritedWeights(
  members: readonly number[],
  weights: readonly number[],
  transitions: readonly (readonly number[])[],
): number[] {
  const absorbed = weights.map(() => 0);
  let walking = [...weights];
  for (let step = 0; step < 2500; step++) {
    const next = weights.map(() => 0);
    walking.forEach((mass, i) => {
      if (members.includes(i)) absorbed[i]! += mass;
      else transitions[i]!.forEach((part, j) => (next[j]! += mass * part));
    });
    walking = next;
  }
  return absorbed;
}

describe("graphicalProcedure", () => {
  it("is Holm's procedure where each test hands equal parts to all others", () => {
    fc.assert(
      fc.property(weighted, ({ pValues }) => {
        const m = pValues.length;
        const transitions = pValues.map((_, i) => pValues.map((_q, j) => (i === j ? 0 : 1 / (m - 1))));
        const { adjustedPValues } = graphicalProcedure({
          pValues,
          weights: pValues.map(() => 1 / m),
          transitions,
        });
        expectSame(adjustedPValues, adjustPValues(pValues, "holm"));
      }),
    );
  });

  it("is the fixed sequence where the first test has all of alpha", () => {
    fc.assert(
      fc.property(weighted, ({ pValues }) => {
        const weights = pValues.map((_, i) => (i === 0 ? 1 : 0));
        const { adjustedPValues } = graphicalProcedure({
          pValues,
          weights,
          transitions: chain(pValues.length),
        });
        const { families } = gatekeeping({ families: pValues.map((value) => ({ pValues: [value] })) });
        expectSame(
          families.flatMap((family) => family.adjustedPValues),
          adjustedPValues,
        );
        let running = 0;
        expectSame(
          adjustedPValues,
          pValues.map((value) => (running = Math.max(running, value))),
        );
      }),
    );
  });

  it("gives the worked parallel gatekeeping example of two primary and two secondary tests", () => {
    // Bretz et al. (2009), section 3.2: p = 0.04, 0.01, 0.03, 0.01 and a graph of two equal primary tests, each
    // handing half of its alpha to each secondary one, which hand all they have to each other.
    const { adjustedPValues, rejected } = graphicalProcedure({
      pValues: [0.04, 0.01, 0.03, 0.01],
      weights: [0.5, 0.5, 0, 0],
      transitions: [
        [0, 0, 0.5, 0.5],
        [0, 0, 0.5, 0.5],
        [0, 0, 0, 1],
        [0, 0, 1, 0],
      ],
    });
    // By hand: test 2 at 0.01/0.5; then tests 3 and 4 have a quarter each, test 4 at 0.01/0.25, test 3 at 0.03/0.5;
    // last test 1 at 0.04/0.5.
    expectSame(adjustedPValues, [0.08, 0.02, 0.06, 0.04]);
    expect(rejected).toEqual([false, true, false, true]);
  });

  it("rejects nothing that has no part of alpha", () => {
    const { adjustedPValues } = graphicalProcedure({
      pValues: [0, 0],
      weights: [0, 0],
      transitions: chain(2),
    });
    expect(adjustedPValues).toEqual([1, 1]);
  });

  it.each([
    [{ weights: [0.6, 0.6] }, "weights = [0.6, 0.6], must add up to at most 1"],
    [{ weights: [1] }, "weights = [1], must be a list of 2 weights"],
    [{ weights: [-0.1, 1] }, "weights[0] = -0.1, must be a finite number at or above 0"],
    [{ transitions: [[0, 1]] }, "must be a list of 2 rows"],
    [
      {
        transitions: [
          [0.5, 0.5],
          [0, 0],
        ],
      },
      "transitions[0][0] = 0.5, must be 0",
    ],
    [
      {
        transitions: [
          [0, 1.5],
          [0, 0],
        ],
      },
      "transitions[0] = [0, 1.5], must add up to at most 1",
    ],
    [{ pValues: [0.1, 2] }, "pValues[1] = 2"],
    [{ alpha: 1 }, "alpha = 1"],
  ])("refuses %j", (change, message) => {
    const options = { pValues: [0.1, 0.2], weights: [0.5, 0.5], transitions: chain(2), ...change };
    expect(() => graphicalProcedure(options)).toThrow(DomainError);
    expect(() => graphicalProcedure(options)).toThrow(message);
  });
});

describe("gatekeeping", () => {
  it("opens a family only when all before it are rejected", () => {
    const { families } = gatekeeping({
      families: [{ pValues: [0.01] }, { pValues: [0.02, 0.9], method: "hommel" }, { pValues: [0.001] }],
    });
    expect(families.map(({ isOpen }) => isOpen)).toEqual([true, true, false]);
    expect(families.map(({ rejected }) => rejected)).toEqual([[true], [true, false], [false]]);
    expect(families[2]!.adjustedPValues).toEqual([0.9]);
  });

  it("adjusts each family by its own method and weights", () => {
    const first = { pValues: [0.001, 0.02], method: "bonferroni", weights: [0.25, 0.75] } as const;
    const second = { pValues: [0.01, 0.04, 0.03], method: "hochberg" } as const;
    const { families } = gatekeeping({ families: [first, second], alpha: 0.1 });
    expectSame(families[0]!.adjustedPValues, adjustPValues(first.pValues, "bonferroni", first));
    expectSame(families[1]!.adjustedPValues, adjustPValues(second.pValues, "hochberg"));
  });

  it("takes families of any size", () => {
    const many = Array.from({ length: 200_000 }, () => 1e-9);
    const { families } = gatekeeping({ families: [{ pValues: many }, { pValues: [0.01] }] });
    expect(families[1]).toEqual({ adjustedPValues: [0.01], rejected: [true], isOpen: true });
  });

  it.each([
    [{ families: [] }, "families = [], must be a list of at least one family"],
    [{ families: [{ pValues: [] }] }, "families[0].pValues = [], must hold at least one p-value"],
    [{ families: [{ pValues: [0.1, -1] }] }, "families[0].pValues[1] = -1"],
    [
      { families: [{ pValues: [0.1], method: "benjamini-hochberg" }] },
      'families[0].method = "benjamini-hochberg"',
    ],
    [{ families: [{ pValues: [0.1], weights: [2] }] }, "families[0].weights = [2], must add up to 1"],
    [{ families: [{ pValues: [0.1] }], alpha: 0 }, "alpha = 0"],
  ])("refuses %j", (options, message) => {
    expect(() => gatekeeping(options as never)).toThrow(DomainError);
    expect(() => gatekeeping(options as never)).toThrow(message);
  });
});

describe("weights", () => {
  const METHODS = ["bonferroni", "sidak", "holm", "benjamini-hochberg", "benjamini-yekutieli"] as const;

  it("that are equal change nothing", () => {
    fc.assert(
      fc.property(weighted, fc.constantFrom(...METHODS), ({ pValues }, method) => {
        const weights = pValues.map(() => 1 / pValues.length);
        expectSame(adjustPValues(pValues, method, { weights }), adjustPValues(pValues, method));
      }),
    );
  });

  it("give the procedures their definitions", () => {
    const pValues = [0.01, 0.04, 0.03];
    const weights = [0.2, 0.5, 0.3];
    const of = (method: (typeof METHODS)[number]): number[] => adjustPValues(pValues, method, { weights });
    expectSame(of("bonferroni"), [0.05, 0.08, 0.1]);
    expectSame(
      of("sidak"),
      pValues.map((value, i) => 1 - (1 - value) ** (1 / weights[i]!)).map((x) => x),
    );
    expectSame(of("holm"), [0.05, 0.064, 0.064]);
    // p over 3 w: 0.01667, 0.02667, 0.03333, times 3 over the rank.
    expectSame(of("benjamini-hochberg"), [0.1 / 3, 0.1 / 3, 0.1 / 3]);
  });

  it("are refused where they do not fit", () => {
    const of =
      (weights: unknown, method = "holm") =>
      () =>
        adjustPValues([0.1, 0.2], method as "holm", { weights: weights as number[] });
    expect(of([0.5, 0.6])).toThrow("weights = [0.5, 0.6], must add up to 1, not 1.1");
    expect(of([0, 1])).toThrow("weights[0] = 0, must be a finite number above 0");
    expect(of([1])).toThrow("weights = [1], must be a list of 2 weights");
    expect(of([0.5, 0.5], "hommel")).toThrow("must be left out: hommel has no weights");
  });
});

describe("adjustLogPValues", () => {
  const METHODS = [
    "none",
    "bonferroni",
    "sidak",
    "holm",
    "hochberg",
    "hommel",
    "benjamini-hochberg",
    "benjamini-yekutieli",
  ] as const;

  it("gives the logs of what adjustPValues gives", () => {
    fc.assert(
      fc.property(
        weighted,
        fc.constantFrom(...METHODS),
        fc.boolean(),
        ({ pValues, weights }, method, isWeighted) => {
          const options = isWeighted && !["none", "hochberg", "hommel"].includes(method) ? { weights } : {};
          const plain = adjustPValues(pValues, method, options);
          const logs = adjustLogPValues(pValues.map(Math.log), method, options);
          logs.forEach((log, i) => {
            if (plain[i] === 0 || plain[i]! < 1e-300) return;
            const expected = Math.log(plain[i]!);
            expect(Math.abs(log - expected)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(expected)));
          });
        },
      ),
    );
  });

  it("keeps its digits far below the smallest double", () => {
    const logs = [-5000, -4000, -0.5];
    expect(adjustLogPValues(logs, "holm")).toEqual([-5000 + Math.log(3), -4000 + Math.log(2), -0.5]);
    expect(adjustLogPValues(logs, "sidak")[0]).toBe(-5000 + Math.log(3));
    expect(adjustLogPValues([-Infinity, -1], "benjamini-hochberg")[0]).toBe(-Infinity);
    expect(() => adjustLogPValues([0.1])).toThrow("logPValues[0] = 0.1, must be the log of a probability");
  });
});
