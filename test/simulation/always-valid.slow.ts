import { describe, expect, it } from "vitest";
import { createRandom, type Random } from "../../src/numerics/random.ts";
import { alwaysValidPValue } from "../../src/sequential/always-valid-p-value.ts";
import { liftConfidenceSequence } from "../../src/sequential/lift-confidence-sequence.ts";
import { mixtureCriticalValue } from "../../src/sequential/mixture.ts";
import { type MixtureMethod, mixtureOf } from "../../src/sequential/mixture-method.ts";
import { proportionConfidenceSequence } from "../../src/sequential/proportion-confidence-sequence.ts";
import type { Alternative } from "../../src/core/alternative.ts";

// How often experiments without an effect are ever rejected when one looks after every unit.

const ALPHA = 0.05;
const EXPERIMENTS = 2000;
/** Two and a half standard errors of a share of 5 %; most shares are far below it. */
const NOISE = 2.5 * Math.sqrt((ALPHA * (1 - ALPHA)) / EXPERIMENTS);

interface Peeking {
  readonly rate: number;
  /** Units that each arm gets between two looks. */
  readonly control: number;
  readonly treatment: number;
  readonly tightestN: number;
  readonly looks: number;
  readonly method: MixtureMethod;
  readonly alternative: Alternative;
  /** The first look has so many units of both kinds in each arm. */
  readonly from: number;
}

/** Units until the next conversion, that one included. */
function gap(random: Random, rate: number): number {
  return Math.ceil(Math.log(random.uniform()) / Math.log1p(-rate));
}

/** Share of experiments on two equal rates that `alwaysValidPValue` ever rejects; its formula, look by look. */
function falseRejections(peeking: Peeking, random: Random): number {
  const { rate, control, treatment, tightestN, looks, method, alternative, from } = peeking;
  const mixture = mixtureOf(method, alternative);
  const perLook = mixture.tightestRatio(ALPHA) * (control / tightestN);
  const limit = Float64Array.from({ length: looks + 1 }, (_, look) =>
    mixtureCriticalValue(mixture, perLook * look, ALPHA),
  );
  let rejected = 0;
  for (let experiment = 0; experiment < EXPERIMENTS; experiment++) {
    let [x, y] = [0, 0];
    let [nextX, nextY] = [gap(random, rate), gap(random, rate)];
    for (let look = 1; look <= looks; look++) {
      const [n, m] = [look * control, look * treatment];
      for (; nextX <= n; x++) nextX += gap(random, rate);
      for (; nextY <= m; y++) nextY += gap(random, rate);
      if (Math.min(x, y, n - x, m - y) < Math.max(1, from)) continue;
      const [p, q] = [x / n, y / m];
      const z = (q - p) / Math.sqrt((p * (1 - p)) / n + (q * (1 - q)) / m);
      const seen = alternative === "two-sided" ? Math.abs(z) : alternative === "less" ? -z : z;
      if (seen > limit[look]!) {
        rejected++;
        break;
      }
    }
  }
  return rejected / EXPERIMENTS;
}

describe("always-valid tests of two rates, read after every unit", () => {
  const even = { control: 1, treatment: 1, from: 1, looks: 20_000 };
  const cases: readonly Peeking[] = [
    ...[0.5, 0.05, 0.002].flatMap((rate) => [
      // Two-sided, both methods are one.
      {
        ...even,
        rate,
        tightestN: 5000,
        alternative: "two-sided" as const,
        method: "normal-mixture" as const,
      },
      { ...even, rate, tightestN: 5000, alternative: "greater" as const, method: "normal-mixture" as const },
      { ...even, rate, tightestN: 5000, alternative: "less" as const, method: "asymptotic" as const },
    ]),
    {
      ...even,
      rate: 0.02,
      alternative: "two-sided",
      method: "normal-mixture",
      tightestN: 5000,
      looks: 100_000,
    },
    { ...even, rate: 0.02, alternative: "greater", method: "asymptotic", tightestN: 50_000, looks: 100_000 },
    // Arms of unequal size, from twenty units of both kinds in each arm on, where the warning ends.
    ...[0.5, 0.05, 0.01].flatMap((rate) =>
      (["two-sided", "less"] as const).map((alternative) => ({
        rate,
        control: 9,
        treatment: 1,
        from: 20,
        looks: 10_000,
        tightestN: 5000,
        alternative,
        method: "normal-mixture" as const,
      })),
    ),
  ];

  it.each(cases)("keep their alpha: %j", (peeking) => {
    expect(falseRejections(peeking, createRandom(20_261_123))).toBeLessThan(ALPHA + NOISE);
  });

  it("do not where an arm is small and has few conversions, which brings a warning", () => {
    const early = { ...cases[0]!, rate: 0.5, control: 9, treatment: 1, tightestN: 100, looks: 2000 };
    const share = falseRejections(early, createRandom(1));
    expect(share).toBeGreaterThan(ALPHA + NOISE);
    expect(share).toBeLessThan(0.12);
    const look = alwaysValidPValue({
      control: { n: 90, conversions: 40 },
      treatment: { n: 10, conversions: 9 },
    });
    expect(look.warnings.map(({ code }) => code)).toContain("SMALL_COUNTS");
  });
});

describe("exact sequences, read after every conversion", () => {
  it.each([0.5, 1 / 4])("of the lift keep their alpha from the first conversion on: share %f", (share) => {
    const random = createRandom(3);
    const allocation = share / (1 - share);
    let rejected = 0;
    for (let experiment = 0; experiment < EXPERIMENTS; experiment++) {
      let [x, y] = [0, 0];
      for (let look = 0; look < 1000; look++) {
        if (random.uniform() < share) y++;
        else x++;
        const { pValue } = liftConfidenceSequence({
          control: { n: 1e6, conversions: x },
          treatment: { n: 1e6, conversions: y },
          allocation,
          tightestConversions: 100,
        });
        if (pValue < ALPHA) {
          rejected++;
          break;
        }
      }
    }
    expect(rejected / EXPERIMENTS).toBeLessThan(ALPHA + NOISE);
  });

  it.each([
    ["prior-posterior-ratio", 0.5],
    ["prior-posterior-ratio", 0.01],
    ["howard", 0.5],
    ["howard", 0.01],
  ] as const)("of a rate by %s cover at all times: rate %f", (method, rate) => {
    const random = createRandom(4);
    let missed = 0;
    for (let experiment = 0; experiment < EXPERIMENTS; experiment++) {
      let n = 0;
      for (let conversions = 1; conversions <= 60; conversions++) {
        n += gap(random, rate);
        // The interval is highest right after a conversion, and lowest right before the next.
        const { lower } = proportionConfidenceSequence({ n, conversions, method }).rate.interval;
        const before = { n: Math.max(1, n - 1), conversions: n === 1 ? 0 : conversions - 1 };
        const { upper } = proportionConfidenceSequence({ ...before, method }).rate.interval;
        if (lower > rate || upper < rate) {
          missed++;
          break;
        }
      }
    }
    expect(missed / EXPERIMENTS).toBeLessThan(ALPHA + NOISE);
  });
});
