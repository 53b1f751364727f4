import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { effectTable, jointEffectTable } from "../../src/proxy/effect-table.ts";
import type { JointPastExperiment, PastExperiment } from "../../src/proxy/past-experiment.ts";
import { unitCovariance } from "../../src/proxy/unit-covariance.ts";
import type { JointCounts } from "../../src/summaries/joint-counts.ts";
import { relativeError } from "../support/relative-error.ts";

const covariance = [
  [4e-4, 1e-4],
  [1e-4, 9e-4],
];
const controlCovariance = [
  [2e-4, 5e-5],
  [5e-5, 4e-4],
];
const effects = [0.01, 0.02, -0.03, 0.04].map((proxyEffect, k) => ({
  proxyEffect,
  macroEffect: 0.005 * (k + 1),
  covariance,
}));
const control: JointCounts = { neither: 890, macroOnly: 3, microOnly: 80, both: 27 };
const treatments: JointCounts[] = [1, 2, 3].map((k) => ({
  neither: 880 - k,
  macroOnly: 2,
  microOnly: 90,
  both: 28 + k,
}));
const counts: PastExperiment[] = treatments.map((treatment) => ({ control, treatment }));

/** The error that a list of experiments raises. */
function errorOf(experiments: unknown, scale: "log-lift" | "difference" = "log-lift"): DomainError {
  try {
    effectTable("experiments", experiments as PastExperiment[], scale);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error("accepted");
}

/** The list with one experiment changed. */
function withChange(at: number, change: object): object[] {
  return effects.map((experiment, k) => (k === at ? { ...experiment, ...change } : experiment));
}

describe("a table of past experiments", () => {
  it("holds effects and covariances in columns, the macro metric last", () => {
    const table = effectTable("experiments", effects, "difference");
    expect(table).toMatchObject({ scale: "difference", experiments: 4, metrics: 2, clusters: [] });
    expect([...table.effects]).toEqual([0.01, 0.005, 0.02, 0.01, -0.03, 0.015, 0.04, 0.02]);
    expect([...table.covariances.subarray(4, 8)]).toEqual(covariance.flat());
  });

  it("is the same from several proxies when there is one", () => {
    const joint: JointPastExperiment[] = effects.map(({ proxyEffect, ...rest }) => ({
      ...rest,
      proxyEffects: [proxyEffect],
    }));
    expect(jointEffectTable("experiments", joint, "log-lift")).toEqual(
      effectTable("experiments", effects, "log-lift"),
    );
  });

  it.each(["log-lift", "difference"] as const)(
    "takes effects and covariances from counts, as %s",
    (scale) => {
      const table = effectTable("experiments", counts, scale);
      treatments.forEach((treatment, k) => {
        const { proxy, macro, correlation, n } = unitCovariance({ control, treatment, scale });
        const [micro, sale] = [treatment.microOnly + treatment.both, treatment.macroOnly + treatment.both];
        const rates = [micro / (1000 + 0), sale / 1000];
        expect(treatment.neither + treatment.macroOnly + micro).toBe(1000);
        expect(table.effects[2 * k]!).toBeCloseTo(
          scale === "log-lift" ? Math.log(rates[0]! / 0.107) : rates[0]! - 0.107,
          14,
        );
        expect(table.effects[2 * k + 1]!).toBeCloseTo(
          scale === "log-lift" ? Math.log(rates[1]! / 0.03) : rates[1]! - 0.03,
          14,
        );
        const own = table.covariances.subarray(4 * k, 4 * k + 4);
        expect(relativeError(own[0]!, proxy / n!)).toBeLessThanOrEqual(1e-14);
        expect(relativeError(own[3]!, macro / n!)).toBeLessThanOrEqual(1e-14);
        expect(relativeError(own[1]!, (correlation * Math.sqrt(proxy * macro)) / n!)).toBeLessThanOrEqual(
          1e-13,
        );
        expect(own[1]).toBe(own[2]);
      });
    },
  );

  it("finds what experiments on one control share, from counts and from covariances", () => {
    const fromCounts = effectTable(
      "experiments",
      counts.map((each) => ({ ...each, cluster: "checkout" })),
      "difference",
    );
    expect(fromCounts.clusters).toHaveLength(1);
    expect(fromCounts.clusters[0]!.members).toEqual([0, 1, 2]);
    expect(fromCounts.clusters[0]!.shared[0]!).toBeCloseTo((0.107 * 0.893) / 1000, 15);
    expect(fromCounts.clusters[0]!.shared[1]!).toBeCloseTo((0.027 - 0.107 * 0.03) / 1000, 15);
    const cluster = { cluster: "a", controlCovariance };
    const fromEffects = effectTable(
      "experiments",
      [
        { ...effects[0]!, ...cluster },
        effects[1]!,
        { ...effects[2]!, ...cluster },
        { ...effects[3]!, cluster: "b" },
      ],
      "log-lift",
    );
    expect(fromEffects.clusters).toEqual([
      { members: [0, 2], shared: Float64Array.from(controlCovariance.flat()) },
    ]);
  });

  it("takes a control without a single sale on the difference scale", () => {
    const none = { neither: 900, macroOnly: 0, microOnly: 100, both: 0 };
    const table = effectTable(
      "experiments",
      treatments.map((treatment) => ({ control: none, treatment, cluster: "a" })),
      "difference",
    );
    expect(table.clusters[0]!.shared[3]).toBe(0);
  });

  it("forgives an asymmetry of rounding, and no more", () => {
    const off = (excess: number): object[] =>
      withChange(1, {
        covariance: [
          [4e-4, 1e-4 * (1 + excess)],
          [1e-4, 9e-4],
        ],
      });
    const table = effectTable("experiments", off(1e-12) as PastExperiment[], "log-lift");
    expect(table.covariances[5]).toBe(table.covariances[6]);
    expect(errorOf(off(1e-6)).field).toBe("experiments[1].covariance[1][0]");
  });
});

describe("what is no history", () => {
  it.each([
    ["no list", "experiments", undefined],
    ["an object", "experiments", {}],
    ["two experiments", "experiments", effects.slice(0, 2)],
    ["a missing experiment", "experiments[1]", [effects[0], undefined, effects[2]]],
    ["an effect that is no number", "experiments[2].proxyEffect", withChange(2, { proxyEffect: "0.1" })],
    ["an effect that is infinite", "experiments[2].macroEffect", withChange(2, { macroEffect: Infinity })],
    ["no covariance", "experiments[3].covariance", withChange(3, { covariance: undefined })],
    ["a covariance of another size", "experiments[3].covariance", withChange(3, { covariance: [[1]] })],
    ["a row of another size", "experiments[3].covariance[1]", withChange(3, { covariance: [[1, 0], [0]] })],
    [
      "a NaN",
      "experiments[3].covariance[0][1]",
      withChange(3, {
        covariance: [
          [1, Number.NaN],
          [0, 1],
        ],
      }),
    ],
    [
      "a variance of 0",
      "experiments[3].covariance[1][1]",
      withChange(3, {
        covariance: [
          [1, 0],
          [0, 0],
        ],
      }),
    ],
    [
      "a correlation of 1",
      "experiments[3].covariance",
      withChange(3, {
        covariance: [
          [4, 2],
          [2, 1],
        ],
      }),
    ],
    [
      "a correlation beyond −1",
      "experiments[3].covariance",
      withChange(3, {
        covariance: [
          [1, -2],
          [-2, 1],
        ],
      }),
    ],
    ["another scale", "experiments[1].scale", withChange(1, { scale: "difference" })],
    ["no scale at all", "experiments[1].scale", withChange(1, { scale: "odds" })],
    ["a copy", "experiments[4]", [...effects, { ...effects[1], name: "again" }]],
    [
      "a name twice",
      "experiments[2].name",
      effects.map((each, k) => ({ ...each, name: k === 0 || k === 2 ? "banner" : undefined })),
    ],
    ["a name that is none", "experiments[0].name", withChange(0, { name: 7 })],
    ["a cluster that is none", "experiments[0].cluster", withChange(0, { cluster: "" })],
    [
      "a cluster without its control",
      "experiments[2].controlCovariance",
      effects.map((each, k) => ({
        ...each,
        cluster: "a",
        controlCovariance: k === 2 ? undefined : controlCovariance,
      })),
    ],
    [
      "a cluster that disagrees on its control",
      "experiments[1].controlCovariance",
      effects.map((each, k) => ({
        ...each,
        cluster: "a",
        controlCovariance:
          k === 1 ? controlCovariance.map((row) => row.map((x) => x * 1.01)) : controlCovariance,
      })),
    ],
    [
      "a control that leaves a treatment nothing",
      "experiments[0].controlCovariance",
      effects.map((each) => ({ ...each, cluster: "a", controlCovariance: covariance })),
    ],
    [
      "a control that is no covariance",
      "experiments[0].controlCovariance",
      effects.map((each) => ({
        ...each,
        cluster: "a",
        controlCovariance: [
          [1e-8, 1e-4],
          [1e-4, 1e-8],
        ],
      })),
    ],
    ["an arm without counts", "experiments[0].treatment", [{ control }, ...counts]],
  ])("%s", (_what, field, experiments) => {
    expect(errorOf(experiments).field).toBe(field);
  });

  it("an arm without a sale on the log-lift scale, with what to do", () => {
    const none = { neither: 900, macroOnly: 0, microOnly: 100, both: 0 };
    const error = errorOf([...counts, { control, treatment: none }]);
    expect(error.field).toBe("experiments[3].treatment");
    expect(error.message).toContain("log lift is infinite");
    expect(error.message).toContain('"difference"');
  });

  it("two arms in which nobody bought on the difference scale", () => {
    const none = { neither: 900, macroOnly: 0, microOnly: 100, both: 0 };
    const some = { neither: 890, macroOnly: 0, microOnly: 110, both: 0 };
    expect(errorOf([...counts, { control: none, treatment: some }], "difference").field).toBe(
      "experiments[3]",
    );
  });

  it("clusters of counts whose controls differ", () => {
    const other = { ...control, neither: control.neither + 1 };
    const clustered = counts.map((each, k) => ({
      ...each,
      cluster: "a",
      ...(k === 2 ? { control: other } : {}),
    }));
    expect(errorOf(clustered).field).toBe("experiments[2].control");
  });

  it("several proxies of which one is missing", () => {
    const joint = effects.map((each, k) => ({
      proxyEffects: k === 1 ? [0.1] : [0.1, 0.2 + k],
      macroEffect: each.macroEffect,
      covariance: [
        [2, 0, 0],
        [0, 2, 0],
        [0, 0, 2],
      ],
    }));
    expect(() => jointEffectTable("experiments", joint, "log-lift")).toThrow("experiments[1].proxyEffects");
    expect(() =>
      jointEffectTable("experiments", [{ ...joint[0]!, proxyEffects: [] }, joint[2]!, joint[3]!], "log-lift"),
    ).toThrow("experiments[0].proxyEffects");
  });

  it("is refused by name, never with a crash or a NaN", () => {
    const value = fc.oneof(
      fc.constantFrom(undefined, null, Number.NaN, Infinity, -1, 0, "", "a", [], {}, covariance, control),
      fc.double(),
    );
    const experiment = fc.record(
      {
        proxyEffect: value,
        macroEffect: value,
        covariance: fc.oneof(value, fc.array(fc.array(value, { maxLength: 3 }), { maxLength: 3 })),
        controlCovariance: value,
        cluster: value,
        name: value,
        scale: value,
        control: value,
        treatment: value,
        proxyEffects: value,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(experiment, fc.constantFrom(...effects, ...counts)), { maxLength: 6 }),
        (list) => {
          for (const build of [effectTable, jointEffectTable] as const) {
            try {
              const table = build("experiments", list as never, "log-lift");
              expect([...table.effects, ...table.covariances].every(Number.isFinite)).toBe(true);
            } catch (error) {
              expect(error).toBeInstanceOf(DomainError);
            }
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
