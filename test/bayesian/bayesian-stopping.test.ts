import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bayesianStopping, type BayesianStoppingOptions } from "../../src/bayesian/bayesian-stopping.ts";
import { betterArm } from "../../src/bayesian/better-arm.ts";
import { calibrateBayesianStopping } from "../../src/bayesian/calibrate-bayesian-stopping.ts";
import { StandingWalk } from "../../src/bayesian/standing-walk.ts";
import { stoppingEdges } from "../../src/bayesian/stopping-edges.ts";
import type { StoppingLook, StoppingOutcome } from "../../src/bayesian/stopping-outcome.ts";
import type { DomainError } from "../../src/core/domain-error.ts";
import { betaDensity } from "../../src/numerics/beta-density.ts";
import { betaBinomial } from "../../src/numerics/beta-binomial.ts";
import { gaussLegendre } from "../../src/numerics/gauss-legendre.ts";
import { createRandom } from "../../src/numerics/random.ts";
import reference from "../reference/bayesian/bayesian-stopping.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

// Exact computation against enumeration: 1e-12 relative. What is left out is 1e-16 a look and side. Normal posteriors:
// see the table below.

interface ReferenceCase {
  readonly baseline: number;
  readonly looks: readonly number[];
  readonly control: readonly number[];
  readonly treatment: readonly number[];
  readonly thresholdOfCaring?: number;
  readonly probabilityToBeat?: number;
  readonly results: readonly {
    readonly rate: number;
    readonly looks: readonly Omit<StoppingLook, "n">[];
    readonly ahead: number;
  }[];
}

const priorOf = ([alpha, beta]: readonly number[]) => ({ alpha: alpha!, beta: beta! });
const evenLooks = (looks: number, n: number): number[] =>
  Array.from({ length: looks }, (_, k) => (n * (k + 1)) / looks);
const UNIFORM = { alpha: 1, beta: 1 };

describe("bayesianStopping by exact computation", () => {
  it.each([...reference.rational, ...reference.wide] as readonly ReferenceCase[])(
    "is what enumeration of every table finds: $baseline, $looks, $control, $treatment",
    ({ baseline, looks, control, treatment, thresholdOfCaring, probabilityToBeat, results }) => {
      const options: BayesianStoppingOptions = {
        baseline,
        looks,
        difference: results.slice(1).map(({ rate }) => rate - baseline),
        prior: { control: priorOf(control), treatment: priorOf(treatment) },
        thresholdOfCaring,
        probabilityToBeat,
      };
      const found = bayesianStopping(options);
      const chosen = bayesianStopping({ ...options, atEnd: "lower-loss" });
      expect(found.method).toBe("exact");
      results.forEach((expected, i) => {
        const outcome = i === 0 ? found.none : found.effects[i - 1]!;
        expected.looks.forEach((look, k) => {
          expect(relativeError(outcome.looks[k]!.ship, look.ship)).toBeLessThan(1e-12);
          expect(relativeError(outcome.looks[k]!.keep, look.keep)).toBeLessThan(1e-12);
          expect(relativeError(outcome.looks[k]!.going, look.going)).toBeLessThan(1e-12);
        });
        const shipped = expected.looks.reduce((sum, { ship }) => sum + ship, 0);
        expect(relativeError(outcome.shipProbability, shipped)).toBeLessThan(1e-12);
        const ended = i === 0 ? chosen.none : chosen.effects[i - 1]!;
        expect(relativeError(ended.shipProbability, shipped + expected.ahead)).toBeLessThan(1e-12);
      });
    },
  );

  it("ends every experiment once, to 1e-12, also where effects are far apart", () => {
    const { none, effects } = bayesianStopping({
      baseline: 0.05,
      lift: [-0.9, -0.1, 0.01, 0.5, 3, 15],
      thresholdOfCaring: 1e-5,
      looks: [50, 1000, 3000],
    });
    for (const outcome of [none, ...effects]) {
      expect(outcome.shipProbability + outcome.keepProbability).toBeCloseTo(1, 12);
      const stopped = outcome.looks.reduce((sum, { ship, keep }) => sum + ship + keep, 0);
      expect(stopped + outcome.undecidedProbability).toBeCloseTo(1, 12);
      outcome.looks.forEach(({ going, ship, keep }, k) => {
        expect(going + ship + keep).toBeCloseTo(k === 0 ? 1 : outcome.looks[k - 1]!.going, 12);
      });
    }
    expect(effects[5]!.shipProbability).toBeCloseTo(1, 12);
    expect(effects[0]!.keepProbability).toBeCloseTo(1, 12);
  });

  it("finds the same at one true effect, whichever others are asked for beside it", () => {
    const options = { baseline: 0.1, thresholdOfCaring: 3e-4, looks: [500, 1000, 4000] };
    const alone = bayesianStopping({ ...options, lift: 0.2 }).effects[0]!;
    const amongOthers = bayesianStopping({ ...options, lift: [-0.5, 0.2, 1, 4] }).effects[1]!;
    alone.looks.forEach((look, k) => {
      expect(relativeError(amongOthers.looks[k]!.ship, look.ship)).toBeLessThan(1e-11);
      expect(relativeError(amongOthers.looks[k]!.keep, look.keep)).toBeLessThan(1e-11);
      expect(relativeError(amongOthers.looks[k]!.going, look.going)).toBeLessThan(1e-11);
    });
  });

  it("asks the same rule at the last look only beside it", () => {
    const options = { baseline: 0.1, lift: 0.1, probabilityToBeat: 0.9 };
    const looked = bayesianStopping({ ...options, looks: [100, 200, 400] });
    const once = bayesianStopping({ ...options, looks: [400] });
    expect(looked.typeIErrorWithoutLooks).toBe(once.typeIError);
    expect(looked.effects[0]!.withoutLooks.expectedLoss).toBe(once.effects[0]!.expectedLoss);
    expect(once.typeIErrorInflation).toBe(1);
    expect(once.none.expectedN).toBe(400);
  });

  it("maps shipping to keeping when the effect and the arms are turned around", () => {
    // Equal priors, two arms that change places, and the smaller loss breaks all ties but exact ones.
    const options = { probabilityToBeat: 0.9, looks: [50, 120, 200] };
    const one = bayesianStopping({ ...options, baseline: 0.2, difference: 0.05 }).effects[0]!;
    const other = bayesianStopping({ ...options, baseline: 0.25, difference: 0.2 - 0.25 }).effects[0]!;
    one.looks.forEach((look, k) => {
      expect(relativeError(other.looks[k]!.keep, look.ship)).toBeLessThan(1e-12);
      expect(relativeError(other.looks[k]!.ship, look.keep)).toBeLessThan(1e-12);
    });
  });
});

describe("the averages", () => {
  // The posterior at a stop is what it would be without looks (the likelihood does not know why one stopped).
  it("hold the one promise of the rule: over the analysis prior the loss suffered is the loss stated", () => {
    const [looks, threshold] = [[4, 8, 12], 0.03];
    const rule = { kind: "expected-loss", limit: threshold } as const;
    // Shipping probabilities are polynomials in both rates: Gauss–Legendre is exact on either side of equal rates.
    const { nodes, weights } = gaussLegendre(20);
    let [suffered, shipped] = [0, 0];
    nodes.forEach((node, i) => {
      const baseline = (1 + node) / 2;
      const rates = [
        ...nodes.map((other) => baseline * ((1 + other) / 2)),
        ...nodes.map((other) => baseline + (1 - baseline) * ((1 + other) / 2)),
      ];
      const { effects } = bayesianStopping({
        baseline,
        looks,
        thresholdOfCaring: threshold,
        difference: rates.map((rate) => rate - baseline),
      });
      effects.forEach(({ shipProbability, difference }, j) => {
        const isBelow = j < nodes.length;
        const width = isBelow ? baseline : 1 - baseline;
        const weight = (weights[i]! / 2) * (weights[j % nodes.length]! / 2) * width;
        shipped += weight * shipProbability;
        if (isBelow) suffered += weight * shipProbability * -difference;
      });
    });
    // Stated: over the prior predictive distribution of the counts at each stop.
    let [stated, stopped] = [0, 0];
    const pathsTo = pathsThatRun(looks, rule);
    for (const { n, x, y, share, isShipped } of pathsTo) {
      if (!isShipped) continue;
      const mass = share * betaBinomial.pmf(x, n, 1, 1) * betaBinomial.pmf(y, n, 1, 1);
      stopped += mass;
      stated +=
        mass * betterArm(betaDensity(1 + x, 1 + n - x), betaDensity(1 + y, 1 + n - y)).expectedLoss.treatment;
    }
    expect(relativeError(shipped, stopped)).toBeLessThan(1e-11);
    expect(relativeError(suffered, stated)).toBeLessThan(1e-11);
    expect(stated / stopped).toBeLessThan(threshold);
  });
});

/** Stops by brute force: of all orders in which x and y of n convert, the share that runs until this look. */
function pathsThatRun(
  looks: readonly number[],
  rule: { readonly kind: "expected-loss"; readonly limit: number },
): { n: number; x: number; y: number; share: number; isShipped: boolean }[] {
  const ends: { n: number; x: number; y: number; share: number; isShipped: boolean }[] = [];
  const ways = (n: number, k: number): number => {
    let result = 1;
    for (let i = 1; i <= k; i++) result = (result * (n - k + i)) / i;
    return result;
  };
  let running = new Map([["0,0", 1]]);
  let before = 0;
  for (const n of looks) {
    const batch = n - before;
    const after = new Map<string, number>();
    for (const [key, count] of running) {
      const [x, y] = key.split(",").map(Number) as [number, number];
      for (let i = 0; i <= batch; i++) {
        for (let j = 0; j <= batch; j++) {
          const next = `${x + i},${y + j}`;
          after.set(next, (after.get(next) ?? 0) + count * ways(batch, i) * ways(batch, j));
        }
      }
    }
    running = new Map();
    for (const [key, count] of after) {
      const [x, y] = key.split(",").map(Number) as [number, number];
      const { expectedLoss } = betterArm(betaDensity(1 + x, 1 + n - x), betaDensity(1 + y, 1 + n - y));
      const isShipped = expectedLoss.treatment <= rule.limit && y > x;
      const isKept = expectedLoss.control <= rule.limit && y <= x;
      if (!isShipped && !isKept) running.set(key, count);
      else ends.push({ n, x, y, share: count / ways(n, x) / ways(n, y), isShipped });
    }
    before = n;
  }
  return ends;
}
