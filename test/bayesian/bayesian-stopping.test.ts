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
import { integrate } from "../../src/numerics/integrate.ts";
import { normalPdf } from "../../src/numerics/normal.ts";
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
      looks: [50, 500, 1500],
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
    const options = { baseline: 0.1, thresholdOfCaring: 3e-4, looks: [250, 500, 1500] };
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

describe("the walk over standings", () => {
  it("stays with the quadrature, to 1e-11, wherever it goes", () => {
    const shape = fc.double({ min: -1, max: 2, noNaN: true }).map((digits) => 10 ** digits);
    const prior = fc.record({ alpha: shape, beta: shape });
    fc.assert(
      fc.property(prior, prior, fc.nat(3000), fc.nat(), (other, own, size, seed) => {
        const random = createRandom(seed);
        const n = size + 200;
        let [x, y] = [random.binomial(n - 150, 0.3), random.binomial(n - 150, 0.3)];
        const walk = new StandingWalk(other, own, n, x, y);
        const share = random.uniform();
        for (let step = 1; step <= 100; step++) {
          if (random.uniform() < share) {
            walk.addToOther();
            x += 1;
          } else {
            walk.addToOwn();
            y += 1;
          }
          if (step % 25 > 0) continue;
          const direct = betterArm(
            betaDensity(other.alpha + x, other.beta + n - x),
            betaDensity(own.alpha + y, own.beta + n - y),
          );
          expect(relativeError(walk.loss, direct.expectedLoss.treatment)).toBeLessThan(1e-11);
          expect(relativeError(walk.behind, Math.exp(direct.logProbabilityToLose))).toBeLessThan(1e-11);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("finds the edges that the quadrature finds", () => {
    const priors = { control: { alpha: 3, beta: 20 }, treatment: UNIFORM };
    const reach = { control: { first: 5, last: 60 }, treatment: { first: 0, last: 90 } };
    for (const rule of [
      { kind: "expected-loss", limit: 2e-3 },
      { kind: "probability-to-beat", limit: 0.97 },
    ] as const) {
      const { ship, keep } = stoppingEdges(rule, priors, 200, reach);
      const standing = (x: number, y: number) =>
        betterArm(betaDensity(3 + x, 220 - x), betaDensity(1 + y, 201 - y));
      const ships = (x: number, y: number): boolean =>
        rule.kind === "expected-loss"
          ? standing(x, y).expectedLoss.treatment <= rule.limit
          : standing(x, y).logProbabilityToBeat >= Math.log(rule.limit);
      const keeps = (x: number, y: number): boolean =>
        rule.kind === "expected-loss"
          ? standing(x, y).expectedLoss.control <= rule.limit
          : standing(x, y).logProbabilityToLose >= Math.log(rule.limit);
      for (let x = 5; x <= 60; x += 5) {
        const [shipAt, keepAt] = [ship[x - 5]!, keep[x - 5]!];
        if (shipAt <= 90) expect(ships(x, shipAt)).toBe(true);
        expect(ships(x, shipAt - 1)).toBe(false);
        if (keepAt >= 0) expect(keeps(x, keepAt)).toBe(true);
        expect(keeps(x, keepAt + 1)).toBe(false);
      }
    }
  });
});

describe("bayesianStopping with normal posteriors", () => {
  // Absolute differences of the ship and undecided probabilities from the exact ones, at 5 %: about 0.012 where an arm
  // has 50 conversions in the end, and 0.002 where it has 500.
  it.each([
    [1000, 5, 0.02],
    [10_000, 4, 0.003],
  ])("comes near to the exact figures: %s units, %s looks, within %s", (n, looks, margin) => {
    for (const rule of [{ probabilityToBeat: 0.95 }, { thresholdOfCaring: 2e-4 }]) {
      const options = { baseline: 0.05, lift: [0.1, -0.1], looks: evenLooks(looks, n), ...rule };
      const exact = bayesianStopping({ ...options, computation: "exact" });
      const normal = bayesianStopping({ ...options, computation: "normal" });
      const pairs: [StoppingOutcome, StoppingOutcome][] = [
        [exact.none, normal.none],
        [exact.effects[0]!, normal.effects[0]!],
        [exact.effects[1]!, normal.effects[1]!],
      ];
      for (const [one, other] of pairs) {
        expect(Math.abs(one.shipProbability - other.shipProbability)).toBeLessThan(margin);
        expect(Math.abs(one.undecidedProbability - other.undecidedProbability)).toBeLessThan(margin);
        expect(relativeError(other.expectedN, one.expectedN)).toBeLessThan(margin);
      }
    }
  });

  it("is chosen where counts are large, and goes on to 1e15 units", () => {
    for (const n of [1e7, 1e9, 1e12, 1e15]) {
      const result = bayesianStopping({
        baseline: 0.05,
        lift: 5 / Math.sqrt(n),
        probabilityToBeat: 0.95,
        looks: [n / 4, n / 2, n],
        designPrior: { scale: "log-lift", standardDeviation: 0.1 },
      });
      expect(result.method).toBe("normal");
      expect(result.typeIErrorWithoutLooks).toBeCloseTo(0.05, 5);
      // NumPy: looks at 1/4, 1/2 and all of the information at z = ±1.645, by quadrature from look to look.
      expect(result.typeIError).toBeCloseTo(0.106777, 5);
      expect(result.effects[0]!.shipProbability + result.effects[0]!.keepProbability).toBeCloseTo(1, 12);
    }
  });

  it("has exact counts where conversions are few, however many the units", () => {
    const result = bayesianStopping({
      baseline: 1e-11,
      probabilityToBeat: 0.9,
      looks: [1e11, 1e12],
      prior: { alpha: 0.5, beta: 0.5 },
    });
    expect(result.method).toBe("exact");
    expect(result.none.shipProbability + result.none.keepProbability).toBeCloseTo(1, 12);
  });
});

describe("what looking costs", () => {
  // Armitage, McPherson and Rowe (1969), Table 2: repeated tests at 5 % two-sided, with 5, 10 and 20 looks .142, .193,
  // .248. A probability to beat of 97.5 % is such a test.
  it.each([
    [5, 0.142],
    [10, 0.193],
    [20, 0.248],
  ])("has the published chance of any stop with %s looks at a probability of 97.5 %%: %s", (looks, any) => {
    const { none } = bayesianStopping({
      baseline: 0.2,
      probabilityToBeat: 0.975,
      looks: evenLooks(looks, 2e7),
    });
    expect(1 - none.undecidedProbability).toBeCloseTo(any, 3);
  });

  it("lets the type I error of expected loss go to one half where the threshold is too large for the arms", () => {
    const errorAt = (looks: readonly number[]): number =>
      bayesianStopping({ baseline: 0.05, thresholdOfCaring: 5e-4, looks, computation: "normal" }).typeIError;
    const errors = [1e3, 1e4, 1e5, 1e6].map((n) => errorAt(evenLooks(5, n)));
    expect(errors[0]).toBeGreaterThan(0.15);
    expect(errors[1]).toBeGreaterThan(errors[0]!);
    expect(errors[2]).toBeCloseTo(0.5, 14);
    expect(errors[3]).toBeCloseTo(0.5, 14);
  });

  it("never falls when looks are added: some arm is chosen at least as often", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 2, maxLength: 5 }),
        fc.nat(3),
        fc.constantFrom({ probabilityToBeat: 0.85 }, { thresholdOfCaring: 0.02 }),
        (steps, left, rule) => {
          let n = 0;
          const looks = steps.map((step) => (n += step));
          const fewer = looks.filter((_, k) => k !== left || k === looks.length - 1);
          const options = { baseline: 0.3, lift: [0.3, -0.4], ...rule };
          const [many, few] = [
            bayesianStopping({ ...options, looks }),
            bayesianStopping({ ...options, looks: fewer }),
          ];
          for (const [one, other] of [
            [many.none, few.none],
            [many.effects[0]!, few.effects[0]!],
            [many.effects[1]!, few.effects[1]!],
          ] as const) {
            expect(one.undecidedProbability).toBeLessThan(other.undecidedProbability + 1e-13);
            expect(one.expectedN).toBeLessThan(other.expectedN + 1e-10);
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  it("stops never where nothing is small enough, and at once where everything is", () => {
    const options = { baseline: 0.1, lift: 0.1, looks: [100, 300] };
    const never = bayesianStopping({ ...options, thresholdOfCaring: 1e-40 });
    expect(never.none.undecidedProbability).toBeCloseTo(1, 12);
    expect(never.typeIError).toBeLessThan(1e-15);
    const atOnce = bayesianStopping({ ...options, thresholdOfCaring: 1 });
    expect(atOnce.none.expectedN).toBeCloseTo(100, 10);
    expect(atOnce.effects[0]!.looks[1]!.ship).toBeLessThan(1e-13);
    // The arm ahead is chosen, and the control where none is.
    expect(atOnce.typeIError).toBeLessThan(0.5);
    expect(atOnce.none.undecidedProbability).toBeLessThan(1e-13);
  });

  it("is what twenty thousand seeded experiments see", () => {
    const options = { baseline: 0.1, lift: 0.15, thresholdOfCaring: 0.002, looks: [200, 400, 600, 800] };
    const { effects } = bayesianStopping(options);
    const priors = { control: UNIFORM, treatment: UNIFORM };
    const rule = { kind: "expected-loss", limit: 0.002 } as const;
    const edges = options.looks.map((n) =>
      stoppingEdges(rule, priors, n, { control: { first: 0, last: n }, treatment: { first: 0, last: n } }),
    );
    const random = createRandom(20_261_123);
    const runs = 20_000;
    let [shipped, kept] = [0, 0];
    for (let run = 0; run < runs; run++) {
      let [x, y] = [0, 0];
      for (const edge of edges) {
        x += random.binomial(200, 0.1);
        y += random.binomial(200, 0.115);
        if (y >= edge.ship[x]!) shipped++;
        else if (y <= edge.keep[x]!) kept++;
        else continue;
        break;
      }
    }
    const { shipProbability, keepProbability, undecidedProbability } = effects[0]!;
    const error = 4 * Math.sqrt(0.25 / runs);
    expect(Math.abs(shipped / runs - shipProbability)).toBeLessThan(error);
    expect(Math.abs(kept / runs - (keepProbability - undecidedProbability))).toBeLessThan(error);
  });
});

describe("calibrateBayesianStopping", () => {
  it.each(["expected-loss", "probability-to-beat"] as const)(
    "keeps alpha with %s, and not with a slightly looser limit",
    (rule) => {
      const options = { baseline: 0.05, looks: [200, 400, 600], alpha: 0.04 };
      const { limit, typeIError, status } = calibrateBayesianStopping({ ...options, rule });
      expect(status).toBe("ok");
      expect(typeIError).toBeLessThanOrEqual(0.04);
      const errorAt = (value: number): number =>
        bayesianStopping({
          ...options,
          ...(rule === "expected-loss" ? { thresholdOfCaring: value } : { probabilityToBeat: value }),
        }).typeIError;
      expect(errorAt(limit!)).toBe(typeIError);
      const looser = rule === "expected-loss" ? limit! * 1.01 : 1 - (1 - limit!) * 1.01;
      expect(errorAt(looser)).toBeGreaterThan(0.04);
    },
  );

  it("finds the constant boundary of Pocock for a probability to beat, at large arms", () => {
    // Jennison and Turnbull (2000), Table 2.1: two-sided 0.05 with 5 equal looks, 2.413.
    const { limit, method } = calibrateBayesianStopping({
      baseline: 0.3,
      rule: "probability-to-beat",
      looks: evenLooks(5, 5e8),
      alpha: 0.025,
    });
    expect(method).toBe("normal");
    expect(limit).toBeCloseTo(0.99209, 4);
  });

  it("says where no limit will do", () => {
    const result = calibrateBayesianStopping({ baseline: 0.05, looks: [100], alpha: 0.7 });
    expect(result.status).toBe("undetermined");
    expect([result.limit, result.typeIError]).toEqual([null, null]);
    expect(result.warnings[0]!.code).toBe("NO_SOLUTION");
  });
});

describe("broken input", () => {
  const good: BayesianStoppingOptions = { baseline: 0.1, thresholdOfCaring: 1e-3, looks: [10, 20] };
  it.each([
    ["baseline", { baseline: 1 }],
    ["looks", { looks: [] }],
    ["looks[1]", { looks: [20, 20] }],
    ["looks[0]", { looks: [0.5, 20] }],
    ["looks", { looks: Array.from({ length: 101 }, (_, k) => k + 1) }],
    ["thresholdOfCaring", { thresholdOfCaring: 0 }],
    ["thresholdOfCaring", { probabilityToBeat: 0.9 }],
    ["thresholdOfCaring", { thresholdOfCaring: undefined }],
    ["probabilityToBeat", { thresholdOfCaring: undefined, probabilityToBeat: 0.5 }],
    ["lift[1]", { lift: [0.1, 9] }],
    ["lift", { lift: -1 }],
    ["difference", { difference: 0.9 }],
    ["difference", { lift: 0.1, difference: 0.1 }],
    ["atEnd", { atEnd: "ship" as never }],
    ["computation", { computation: "simulation" as never }],
    ["computation", { computation: "exact" as const, looks: [1e7, 1e9] }],
    ["prior.alpha", { prior: { alpha: 0, beta: 1 } }],
    ["designPrior.standardDeviation", { designPrior: { scale: "log-lift" as const, standardDeviation: 0 } }],
    ["designPrior.mean", { designPrior: { scale: "log-lift" as const, mean: 3, standardDeviation: 0.1 } }],
  ])("names %s: %o", (field, broken) => {
    try {
      bayesianStopping({ ...good, ...broken });
    } catch (error) {
      expect((error as DomainError).field).toBe(field);
      return;
    }
    expect.unreachable();
  });

  it("leaves out what a design prior holds beyond a rate of 1, and says so", () => {
    const { average, warnings } = bayesianStopping({
      ...good,
      designPrior: { scale: "log-lift", mean: 1, standardDeviation: 1 },
    });
    expect(average!.excludedProbability).toBeCloseTo(0.0964, 3);
    expect(warnings.map(({ code }) => code)).toContain("DESIGN_PRIOR_CUT");
    expect(average!.shipProbability + average!.keepProbability).toBeCloseTo(1, 12);
  });
});

describe("averages over a design prior", () => {
  it("agree with adaptive quadrature over single effects", () => {
    const options = { baseline: 0.1, probabilityToBeat: 0.9, looks: [20, 60] };
    const { average } = bayesianStopping({
      ...options,
      designPrior: { scale: "log-lift", mean: 0.05, standardDeviation: 0.2 },
    });
    const over = (valueAt: (outcome: StoppingOutcome) => number, lower: number, upper: number): number =>
      integrate(
        (effect) => {
          const difference = 0.1 * Math.expm1(effect);
          const { effects } = bayesianStopping({ ...options, difference });
          return (valueAt(effects[0]!) * normalPdf((effect - 0.05) / 0.2)) / 0.2;
        },
        lower,
        upper,
        { relativeTolerance: 1e-8 },
      ).value;
    const falselyShipped = over(({ shipProbability }) => shipProbability, -1.6, 0);
    const shipped = falselyShipped + over(({ shipProbability }) => shipProbability, 0, 1.7);
    const lostByShipping = over(({ expectedLoss }) => expectedLoss, -1.6, 0);
    const loss = lostByShipping + over(({ expectedLoss }) => expectedLoss, 0, 1.7);
    expect(relativeError(average!.shipProbability, shipped)).toBeLessThan(1e-9);
    expect(relativeError(average!.falseShipRate!, falselyShipped / shipped)).toBeLessThan(1e-9);
    expect(relativeError(average!.lossIfShipped!, lostByShipping / shipped)).toBeLessThan(1e-9);
    expect(relativeError(average!.expectedLoss, loss)).toBeLessThan(1e-9);
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
