import { describe, expect, it } from "vitest";
import { normalUpperQuantile } from "../../src/numerics/normal.ts";
import { createRandom, type Random } from "../../src/numerics/random.ts";
import { calendarSpeedup } from "../../src/proxy/calendar-speedup.ts";
import { detectionSpeedup } from "../../src/proxy/detection-speedup.ts";
import { effectRatioSet } from "../../src/proxy/effect-ratio-set.ts";
import { observedSpeedup } from "../../src/proxy/observed-speedup.ts";
import { planningSpeedup } from "../../src/proxy/planning-speedup.ts";
import type { JointCounts } from "../../src/summaries/joint-counts.ts";

// Shares are held to four standard errors of the simulation, about one false alarm in 16,000.
const STANDARD_ERRORS = 4;

function expectShare(hits: number, runs: number, share: number): void {
  const error = STANDARD_ERRORS * Math.sqrt((share * (1 - share)) / runs);
  expect(Math.abs(hits / runs - share), `${hits / runs} against ${share}`).toBeLessThan(error);
}

/** One arm of n units of a nested funnel. */
function drawFunnel(random: Random, n: number, micro: number, macro: number): JointCounts {
  const clicks = random.binomial(n, micro);
  const both = random.binomial(clicks, macro / micro);
  return { neither: n - clicks, macroOnly: 0, microOnly: clicks - both, both };
}

/** The pooled z of two arms of equal size. */
function pooledZ(control: number, treatment: number, n: number): number {
  const pooled = (control + treatment) / (2 * n);
  const error = Math.sqrt((2 * pooled * (1 - pooled)) / n);
  return error === 0 ? 0 : (treatment - control) / n / error;
}

describe("the predicted detection speedup", () => {
  const critical = normalUpperQuantile(0.025);
  const runs = 20_000;

  it.each([
    { microRate: 0.1, macroRate: 0.02, microLift: 0.1, macroLift: 0.1 },
    { microRate: 0.3, macroRate: 0.05, microLift: 0.05, macroLift: 0.08 },
    { microRate: 0.02, macroRate: 0.01, microLift: 0.3, macroLift: -0.2 },
  ])("has experiments of nMicro and nMacro units find $microLift and $macroLift 80 % of the time", (plan) => {
    const random = createRandom(1);
    const { nMicro, nMacro } = detectionSpeedup(plan);
    const found = { micro: 0, macro: 0 };
    for (let run = 0; run < runs; run++) {
      for (const metric of ["micro", "macro"] as const) {
        const n = Math.ceil(metric === "micro" ? nMicro : nMacro);
        const rate = plan[`${metric}Rate`];
        const lift = plan[`${metric}Lift`];
        const control = random.binomial(n, rate);
        const treatment = random.binomial(n, rate * (1 + lift));
        if (Math.sign(lift) * pooledZ(control, treatment, n) > critical) found[metric]++;
      }
    }
    expectShare(found.micro, runs, 0.8);
    expectShare(found.macro, runs, 0.8);
  });
});

describe("Fieller's set for the observed speedup", () => {
  const runs = 40_000;

  it.each([
    { muMicro: 4, muMacro: 2.5, correlation: 0.4 },
    { muMicro: 2, muMacro: 0.3, correlation: 0.4 },
    { muMicro: 0.5, muMacro: 0.3, correlation: 0.9 },
    { muMicro: 10, muMacro: 8, correlation: -0.3 },
  ])("covers a ratio of $muMicro to $muMacro at its level, and the speedup at least so", (truth) => {
    const { muMicro, muMacro, correlation } = truth;
    const random = createRandom(2);
    const ratio = muMicro / muMacro;
    const critical = normalUpperQuantile(0.025);
    let inSet = 0;
    let inInterval = 0;
    for (let run = 0; run < runs; run++) {
      const shared = random.normal();
      const zMacro = muMacro + correlation * shared + Math.sqrt(1 - correlation ** 2) * random.normal();
      const zMicro = muMicro + shared;
      const set = effectRatioSet(zMicro, zMacro, correlation, critical);
      if (holds(set, ratio)) inSet++;
      const { interval } = observedSpeedup({ zMicro, zMacro, correlation });
      if (interval !== null && holds(interval, ratio ** 2)) inInterval++;
    }
    expectShare(inSet, runs, 0.95);
    expect(inInterval).toBeGreaterThanOrEqual(inSet);
  });

  it("covers the ratio in experiments on a nested funnel, of unequal arms", () => {
    const random = createRandom(3);
    const [n0, n1] = [20_000, 30_000];
    const [micro, macro, liftedMicro, liftedMacro] = [0.1, 0.02, 0.108, 0.0215];
    const variance = (rate: number, lifted: number): number =>
      (rate * (1 - rate)) / n0 + (lifted * (1 - lifted)) / n1;
    const ratio =
      (liftedMicro - micro) /
      Math.sqrt(variance(micro, liftedMicro)) /
      ((liftedMacro - macro) / Math.sqrt(variance(macro, liftedMacro)));
    let covered = 0;
    for (let run = 0; run < runs; run++) {
      const { ratioSet } = observedSpeedup({
        control: drawFunnel(random, n0, micro, macro),
        treatment: drawFunnel(random, n1, liftedMicro, liftedMacro),
      });
      if (holds(ratioSet!, ratio)) covered++;
    }
    expectShare(covered, runs, 0.95);
  });

  function holds(
    {
      lower,
      upper,
      excluded,
    }: { lower: number; upper: number; excluded: { lower: number; upper: number } | null },
    value: number,
  ): boolean {
    if (value < lower || value > upper) return false;
    return excluded === null || value <= excluded.lower || value >= excluded.upper;
  }
});

describe("the planning speedup", () => {
  it.each([
    { macroGivenMicro: 0.2, macroGivenNoMicro: 0 },
    { macroGivenMicro: 0.1, macroGivenNoMicro: 0.005 },
  ])("covers 1 / phi² with its interval at $macroGivenMicro and $macroGivenNoMicro", (rates) => {
    const runs = 20_000;
    const random = createRandom(4);
    const truth = planningSpeedup({ microRate: 0.1, ...rates }).speedup!;
    const n = 50_000;
    let covered = 0;
    for (let run = 0; run < runs; run++) {
      const micro = random.binomial(n, 0.1);
      const both = random.binomial(micro, rates.macroGivenMicro);
      const macroOnly = random.binomial(n - micro, rates.macroGivenNoMicro);
      const control = { neither: n - micro - macroOnly, macroOnly, microOnly: micro - both, both };
      const { lower, upper } = planningSpeedup({ control }).interval!;
      if (lower <= truth && truth <= upper) covered++;
    }
    expectShare(covered, runs, 0.95);
  });
});

describe("the calendar speedup", () => {
  it("finds the macro lift 80 % of the time on the day it names, with sales still coming in", () => {
    const runs = 4000;
    const random = createRandom(5);
    const [macroRate, macroLift, unitsPerDay, meanDays] = [0.05, 0.2, 300, 6];
    const { daysMacro } = calendarSpeedup({
      microRate: 0.2,
      macroRate,
      microLift: 0.2,
      macroLift,
      unitsPerDay,
      macroDelay: { meanDays },
    });
    const n = Math.round(unitsPerDay * daysMacro);
    const critical = normalUpperQuantile(0.025);
    const observed = (rate: number): number => {
      const buyers = random.binomial(n, rate);
      let seen = 0;
      // Each buyer entered some time before, and has bought by now with the share of delays that are shorter.
      for (let i = 0; i < buyers; i++) {
        const age = daysMacro * random.uniform();
        if (-meanDays * Math.log(random.uniform()) <= age) seen++;
      }
      return seen;
    };
    let found = 0;
    for (let run = 0; run < runs; run++) {
      if (pooledZ(observed(macroRate), observed(macroRate * (1 + macroLift)), n) > critical) found++;
    }
    expectShare(found, runs, 0.8);
  });
});

describe("what one would have to believe", () => {
  it("is how often the sign is right, at the n that detects the lift", () => {
    const runs = 400_000;
    const random = createRandom(6);
    const plan = detectionSpeedup({
      microRate: 0.1,
      macroRate: 0.02,
      microLift: 0.1,
      macroLift: 0.1,
      nested: true,
    });
    const believed = plan.decision.byRho.find(({ rho }) => rho === 0.8)!;
    const tau = Math.log1p(0.1);
    const accuracy = (noise: number, rho: number): number => {
      let right = 0;
      for (let run = 0; run < runs; run++) {
        const macro = random.normal();
        const proxy = rho * macro + Math.sqrt(1 - rho ** 2) * random.normal();
        if (tau * proxy + noise * random.normal() > 0 === macro > 0) right++;
      }
      return right;
    };
    // Sales decide as often rightly on the macro-equivalent n as the proxy on its own n.
    const byProxy = accuracy(Math.sqrt(18 / plan.nMicro), 0.8);
    const byMacro = accuracy(Math.sqrt(98 / (believed.speedup * plan.nMicro)), 1);
    expect(Math.abs(byProxy - byMacro) / runs).toBeLessThan(STANDARD_ERRORS * Math.sqrt((2 * 0.25) / runs));
  });
});
