import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { createRandom } from "../../src/numerics/random.ts";
import { symmetricEigen } from "../../src/numerics/symmetric-eigen.ts";
import { effectTable } from "../../src/proxy/effect-table.ts";
import { liml, limlDirection, slopesAlong } from "../../src/proxy/liml.ts";
import {
  jackknifeCovariance,
  type MomentCovariance,
  totalCovariance,
} from "../../src/proxy/moment-covariance.ts";
import { regressionSlopes } from "../../src/proxy/naive-decomposition.ts";
import { type HistoryRow, historyTable } from "../support/history-table.ts";
import { relativeError } from "../support/relative-error.ts";

// Allowed: 1e-12 of the size of a moment's own terms (an entry is a difference of two, so that its own size says
// little), and 1e-10 for correlations, slopes and projections that divide by such differences.
const TOLERANCE = 1e-12;
const QUOTIENT_TOLERANCE = 1e-10;

type Numbers = readonly (readonly number[])[];

interface Expected {
  readonly covariance: Numbers;
  readonly standardErrors: Numbers | null;
  readonly projected: Numbers;
  readonly observed: Numbers;
  readonly sampling: Numbers;
  readonly relations: readonly Readonly<Record<string, number | null>>[];
}

interface Case {
  readonly name: string;
  readonly experiments: readonly HistoryRow[];
  readonly clusters: readonly { readonly members: readonly number[]; readonly covariance: Numbers }[];
  readonly expected: Readonly<Record<string, Expected>>;
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(`../reference/proxy/${file}`, import.meta.url), "utf8")) as T;
}

const { cases } = read<{ cases: readonly Case[] }>("history-mpmath.json");
const rows = read<{ cases: readonly { id: string; input: never; expected: never }[] }>("history.json").cases;
const row = <In, Out>(id: string): { input: In; expected: Out } => rows.find((each) => each.id === id)!;

/** Entries agree to a share of what the metrics' own moments are in size. */
function expectMatrix(actual: Numbers, expected: Numbers, sizes: Numbers, tolerance: number): void {
  expected.forEach((line, i) =>
    line.forEach((value, j) => {
      const size = Math.sqrt(sizes[i]![i]! * sizes[j]![j]!);
      expect(Math.abs(actual[i]![j]! - value) / size, `[${i}][${j}]`).toBeLessThanOrEqual(tolerance);
    }),
  );
}

describe("moments of true effects agree with 50 digits, every sum done anew", () => {
  const estimators = { "total-covariance": totalCovariance, jackknife: jackknifeCovariance };
  const combinations = cases.flatMap((each) =>
    (["total-covariance", "jackknife"] as const).flatMap((method) =>
      (["equal", "precision"] as const).map((weights) => ({ ...each, method, weights })),
    ),
  );

  it.each(combinations)(
    "$name, $method with $weights weights",
    ({ experiments, clusters, expected, method, weights }) => {
      const actual: MomentCovariance = estimators[method](historyTable(experiments, clusters), weights);
      const wanted = expected[`${method} ${weights}`]!;
      expect(actual.method).toBe(method);
      expectMatrix(actual.observed, wanted.observed, wanted.observed, TOLERANCE);
      expectMatrix(actual.sampling, wanted.sampling, wanted.observed, TOLERANCE);
      expectMatrix(actual.covariance, wanted.covariance, wanted.observed, TOLERANCE);
      expectMatrix(actual.projected, wanted.projected, wanted.observed, QUOTIENT_TOLERANCE);
      expect(actual.standardErrors === null).toBe(wanted.standardErrors === null);
      if (wanted.standardErrors !== null) {
        expectMatrix(actual.standardErrors!, wanted.standardErrors, wanted.observed, TOLERANCE);
      }
      wanted.relations.forEach((relation, proxy) => {
        for (const [name, value] of Object.entries(relation)) {
          const own = actual.relations[proxy]![name as "rho"];
          if (value === null) expect(own).toBeNull();
          else
            expect(relativeError(own!, value), `${name}: ${own} against ${value}`).toBeLessThanOrEqual(
              QUOTIENT_TOLERANCE,
            );
        }
      });
    },
  );

  it.each(
    cases.flatMap((each) => (["equal", "precision"] as const).map((weights) => ({ ...each, weights }))),
  )("$name, LIML with $weights weights", ({ experiments, clusters, expected, weights }) => {
    const actual = liml(historyTable(experiments, clusters), weights);
    const wanted = expected[`liml ${weights}`] as unknown as { slopes: number[]; statistic: number };
    wanted.slopes.forEach((slope, i) => {
      expect(relativeError(actual.slopes![i]!, slope)).toBeLessThanOrEqual(QUOTIENT_TOLERANCE);
    });
    expect(relativeError(actual.statistic!, wanted.statistic)).toBeLessThanOrEqual(QUOTIENT_TOLERANCE);
    expect(actual.degreesOfFreedom).toBe(experiments.length - wanted.slopes.length);
  });
});

describe("the method specification's own figures", () => {
  it("shows a Heywood case raw and projected", () => {
    const { input, expected } = row<
      { effects: [number, number][]; nPerArm: number[]; unitVarDiff: number[][] },
      { denoised: number[][]; mean: number[]; observedCov: number[][]; rhoRaw: number; slope: number }
    >("tc-heywood");
    const table = effectTable(
      "experiments",
      input.effects.map(([proxyEffect, macroEffect], k) => ({
        proxyEffect,
        macroEffect,
        covariance: input.unitVarDiff.map((line) => line.map((entry) => entry / input.nPerArm[k]!)),
      })),
      "difference",
    );
    const byPrecision = totalCovariance(table);
    const byUnits = totalCovariance(table, input.nPerArm);
    for (const actual of [byPrecision, byUnits]) {
      expectMatrix(actual.covariance, expected.denoised, expected.observedCov, TOLERANCE);
      expectMatrix(actual.observed, expected.observedCov, expected.observedCov, TOLERANCE);
      expect(relativeError(actual.relations[0]!.rho!, expected.rhoRaw)).toBeLessThanOrEqual(1e-12);
      expect(relativeError(actual.relations[0]!.slope!, expected.slope)).toBeLessThanOrEqual(1e-12);
      expect(actual.relations[0]!.rhoProjected).toBeCloseTo(1, 12);
      expect(actual.isIdentified).toBe(false);
      expect(actual.warnings[0]!.code).toBe("NOT_IDENTIFIED");
    }
  });

  it("finds the LIML slope of the quadratic", () => {
    const { input, expected } = row<Record<string, number>, { beta: number }>("liml-1");
    const { Syy, Ssy, Sss, oyy, osy, oss } = input as Required<typeof input>;
    const direction = limlDirection(
      [
        [Sss!, Ssy!],
        [Ssy!, Syy!],
      ],
      [
        [oss!, osy!],
        [osy!, oyy!],
      ],
    );
    expect(relativeError(slopesAlong(direction)![0]!, expected.beta)).toBeLessThanOrEqual(1e-12);
  });

  it("loses LIML, and not total covariance, to direct effects", () => {
    // The table has the macro metric first.
    const last = (matrix: number[][]): number[][] =>
      [1, 2, 0].map((i) => [1, 2, 0].map((j) => matrix[i]![j]!));
    const { input, expected } = row<
      { Lambda_y_s1_s2: number[][]; Omega: number[][] },
      { tc: number[]; limlNoDirectEffects: number[]; limlWithDirectEffects: number[] }
    >("netflix-plims");
    const effects = last(input.Lambda_y_s1_s2);
    const noise = last(input.Omega);
    const slopes = regressionSlopes(effects)!;
    const direct = slopesAlong(limlDirection(effects, noise))!;
    const carried = effects.map((line) => [...line]);
    carried[2]![2] = slopes[0]! * effects[0]![2]! + slopes[1]! * effects[1]![2]!;
    const plain = slopesAlong(limlDirection(carried, noise))!;
    [0, 1].forEach((i) => {
      expect(relativeError(slopes[i]!, expected.tc[i]!)).toBeLessThanOrEqual(1e-12);
      expect(relativeError(direct[i]!, expected.limlWithDirectEffects[i]!)).toBeLessThanOrEqual(1e-10);
      expect(relativeError(plain[i]!, expected.limlNoDirectEffects[i]!)).toBeLessThanOrEqual(1e-10);
    });
  });
});

describe("LIML with no more experiments than proxies", () => {
  it("says nothing", () => {
    const metrics = [0, 1, 2, 3];
    const list = [0, 1, 2].map((k) => ({
      effects: metrics.map((i) => Math.cos(3 * k + i)),
      covariance: metrics.map((i) => metrics.map((j) => (i === j ? 0.1 : 0))),
    }));
    expect(liml(historyTable(list))).toEqual({
      slopes: null,
      statistic: null,
      degreesOfFreedom: 0,
      pValue: null,
      logPValue: null,
    });
  });
});

describe("properties of moments", () => {
  const history = fc
    .record({
      seed: fc.nat(),
      experiments: fc.integer({ min: 3, max: 12 }),
      noise: fc.double({ min: 0.1, max: 4, noNaN: true }),
      clustered: fc.boolean(),
    })
    .map(({ seed, experiments, noise, clustered }) => {
      const random = createRandom(seed);
      const own = (): number[][] => {
        const [a, b, r] = [
          noise * (0.5 + random.uniform()),
          noise * (0.5 + random.uniform()),
          random.uniform() - 0.5,
        ];
        return [
          [a * a, r * a * b],
          [r * a * b, b * b],
        ];
      };
      const shared = own().map((line) => line.map((entry) => entry / 8));
      const list = Array.from({ length: experiments }, () => {
        const covariance = own();
        return {
          effects: [random.normal(), random.normal()],
          covariance: covariance.map((line, i) => line.map((entry, j) => entry + shared[i]![j]!)),
        };
      });
      return { list, clusters: clustered ? [{ members: [0, 2], covariance: shared }] : [] };
    });

  it("do not care for units of measurement", () => {
    fc.assert(
      fc.property(history, fc.constantFrom(1e-6, 0.01, 1e5), ({ list, clusters }, unit) => {
        const rescale = (matrix: Numbers): number[][] =>
          matrix.map((line, i) =>
            line.map((entry, j) => entry * unit ** ((i === 0 ? 1 : 0) + (j === 0 ? 1 : 0))),
          );
        const plain = totalCovariance(historyTable(list, clusters));
        const scaled = totalCovariance(
          historyTable(
            list.map(({ effects, covariance }) => ({
              effects: [effects[0]! * unit, effects[1]!],
              covariance: rescale(covariance),
            })),
            clusters.map(({ members, covariance }) => ({ members, covariance: rescale(covariance) })),
          ),
        );
        const sizes = rescale(plain.observed);
        expectMatrix(scaled.covariance, rescale(plain.covariance), sizes, TOLERANCE);
        expectMatrix(scaled.projected, rescale(plain.projected), sizes, QUOTIENT_TOLERANCE);
      }),
    );
  });

  it("project to a covariance, and leave one as it is", () => {
    fc.assert(
      fc.property(history, ({ list, clusters }) => {
        const { covariance, projected, isIdentified } = totalCovariance(historyTable(list, clusters));
        const size = Math.max(...projected.flat().map(Math.abs));
        expect(symmetricEigen(projected).values.at(-1)!).toBeGreaterThanOrEqual(-1e-14 * size);
        if (isIdentified) expect(projected).toEqual(covariance);
        expect(isIdentified).toBe(symmetricEigen(covariance).values.at(-1)! > 0);
      }),
    );
  });

  it("do not move with the mean of the effects, unless they are centred at 0", () => {
    fc.assert(
      fc.property(history, fc.double({ min: -100, max: 100, noNaN: true }), ({ list, clusters }, shift) => {
        const plain = totalCovariance(historyTable(list, clusters));
        const moved = totalCovariance(
          historyTable(
            list.map(({ effects, covariance }) => ({ effects: effects.map((d) => d + shift), covariance })),
            clusters,
          ),
        );
        expectMatrix(moved.covariance, plain.covariance, plain.observed, 1e-10);
      }),
    );
  });

  it("refuse weights that leave one experiment alone", () => {
    const { experiments } = cases[0]!;
    const weights = experiments.map((_, k) => (k === 0 ? 1 : 1e-20));
    expect(() => totalCovariance(historyTable(experiments), weights)).toThrow(DomainError);
    expect(() => totalCovariance(historyTable(experiments), [1, 2])).toThrow("one weight for each of the 12");
    expect(() => totalCovariance(historyTable(experiments), [...weights.slice(1), -1])).toThrow(
      "weights[11]",
    );
  });
});

describe("simulated histories", () => {
  /** Five experiments of unequal size; three of them share a control. */
  const sizes = [0.5, 1, 2, 4, 8];
  const truth = [
    [1, 0.6],
    [0.6, 1],
  ];
  const pair = (random: { normal(): number }, ss: number, sy: number, yy: number): [number, number] => {
    const first = Math.sqrt(ss);
    const [u, v] = [random.normal(), random.normal()];
    return [first * u, (sy / first) * u + Math.sqrt(yy - (sy * sy) / ss) * v];
  };

  it("are unbiased for five unequal experiments, three of which share a control", () => {
    const random = createRandom(611);
    const HISTORIES = 10_000;
    const sums = { equal: [0, 0, 0], precision: [0, 0, 0], ignoring: [0, 0, 0] };
    for (let history = 0; history < HISTORIES; history++) {
      const control = pair(random, 0.5, 0.3, 0.5);
      const list = sizes.map((size, k) => {
        const isClustered = k < 3;
        const truly = pair(random, 1, 0.6, 1);
        const own = pair(random, 1 / size, 0.4 / size, 1 / size);
        const common = isClustered ? control : [0, 0];
        const extra = isClustered ? [0.5, 0.3] : [0, 0];
        return {
          effects: [truly[0] + own[0] + common[0]! + 3, truly[1] + own[1] + common[1]! - 1],
          covariance: [
            [1 / size + extra[0]!, 0.4 / size + extra[1]!],
            [0.4 / size + extra[1]!, 1 / size + extra[0]!],
          ],
        };
      });
      const clusters = [
        {
          members: [0, 1, 2],
          covariance: [
            [0.5, 0.3],
            [0.3, 0.5],
          ],
        },
      ];
      const found = {
        equal: totalCovariance(historyTable(list, clusters), "equal"),
        precision: totalCovariance(historyTable(list, clusters), "precision"),
        ignoring: totalCovariance(historyTable(list), "equal"),
      };
      for (const name of ["equal", "precision", "ignoring"] as const) {
        const { covariance } = found[name];
        sums[name][0]! += covariance[0]![0]! / HISTORIES;
        sums[name][1]! += covariance[0]![1]! / HISTORIES;
        sums[name][2]! += covariance[1]![1]! / HISTORIES;
      }
    }
    const wanted = [truth[0]![0]!, truth[0]![1]!, truth[1]![1]!];
    // Standard errors of these means are 0.010 to 0.016.
    wanted.forEach((value, at) => {
      expect(Math.abs(sums.equal[at]! - value)).toBeLessThan(0.04);
      expect(Math.abs(sums.precision[at]! - value)).toBeLessThan(0.04);
      expect(sums.ignoring[at]!).toBeLessThan(value - 0.05);
    });
  });

  it("have the standard errors that leaving one out says, at 60 experiments", () => {
    const random = createRandom(612);
    const HISTORIES = 600;
    const rhos: number[] = [];
    let squaredErrors = 0;
    for (let history = 0; history < HISTORIES; history++) {
      const list = Array.from({ length: 60 }, () => {
        const truly = pair(random, 1, 0.6, 1);
        const own = pair(random, 0.3, 0.1, 0.3);
        return {
          effects: [truly[0] + own[0], truly[1] + own[1]],
          covariance: [
            [0.3, 0.1],
            [0.1, 0.3],
          ],
        };
      });
      const { rho, rhoStandardError } = totalCovariance(historyTable(list)).relations[0]!;
      rhos.push(rho!);
      squaredErrors += rhoStandardError! ** 2 / HISTORIES;
    }
    const mean = rhos.reduce((sum, rho) => sum + rho, 0) / HISTORIES;
    const spread = rhos.reduce((sum, rho) => sum + (rho - mean) ** 2, 0) / (HISTORIES - 1);
    expect(Math.sqrt(squaredErrors / spread)).toBeGreaterThan(0.9);
    expect(Math.sqrt(squaredErrors / spread)).toBeLessThan(1.1);
  });

  it("reject no direct effects in a twentieth of the histories that have none, and find those that do", () => {
    const random = createRandom(613);
    const HISTORIES = 2000;
    let rejections = 0;
    let findings = 0;
    for (let history = 0; history < HISTORIES; history++) {
      const make = (direct: number): HistoryRow[] =>
        Array.from({ length: 20 }, () => {
          const proxy = random.normal();
          const own = pair(random, 0.2, 0.08, 0.2);
          return {
            effects: [proxy + own[0], 0.5 * proxy + direct * random.normal() + own[1]],
            covariance: [
              [0.2, 0.08],
              [0.08, 0.2],
            ],
          };
        });
      if (liml(historyTable(make(0))).pValue! < 0.05) rejections++;
      if (liml(historyTable(make(0.7))).pValue! < 0.05) findings++;
    }
    expect(rejections / HISTORIES).toBeGreaterThan(0.03);
    expect(rejections / HISTORIES).toBeLessThan(0.07);
    expect(findings / HISTORIES).toBeGreaterThan(0.9);
  });
});
