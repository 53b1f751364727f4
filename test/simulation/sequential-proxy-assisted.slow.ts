import { describe, expect, it } from "vitest";
import { createRandom, type Random } from "../../src/numerics/random.ts";
import type { CohortArm, ExposureDay } from "../../src/proxy/exposure-day.ts";
import {
  type SequentialProxyAssisted,
  sequentialProxyAssisted,
} from "../../src/proxy/sequential-proxy-assisted.ts";
import { unitCovariance } from "../../src/proxy/unit-covariance.ts";

// Raw days: each day's units click and buy by binomial draws of a nested funnel in both arms, and sales come in along
// an exponential delay, unit by unit. The effects of each change are drawn from the covariance, which is known.
const [MICRO, MACRO, UNITS, DAYS, MEAN_DELAY] = [0.1, 0.02, 4000, 14, 3];
const LOOKS = [4, 7, 10, 14];
const RUNS = 10_000;
const scale = "difference";
const effects = { scale, tauProxy: 0.008, tauMacro: 0.002, rho: 0.75 } as const;
const sampling = unitCovariance({ microRate: MICRO, macroRate: MACRO, nested: true, scale });
/** Mature after this many days; later sales do not count in that reading, nor in its metric. */
const WINDOW = 5;

/** One arm's cohort: sales by the end of each day since, of units that entered evenly within the day. */
function cohort(random: Random, micro: number, macro: number, windowDays: number): CohortArm {
  const clicks = random.binomial(UNITS, micro);
  let left = random.binomial(clicks, macro / micro);
  const sales: number[] = [];
  let seen = 0;
  let before = 0;
  for (let age = 0; age < DAYS; age++) {
    const share = Math.min(1, shareBy(age, windowDays));
    const now = random.binomial(left, before < 1 ? Math.min(1, (share - before) / (1 - before)) : 0);
    left -= now;
    seen += now;
    before = share;
    sales.push(seen);
  }
  return { n: UNITS, micro: clicks, macro: sales };
}

/** Mean over units that entered evenly within a day, `age` whole days after its end, of the share in by then. */
function shareBy(age: number, windowDays: number): number {
  const within = (from: number, to: number): number =>
    to - from + MEAN_DELAY * (Math.exp(-to / MEAN_DELAY) - Math.exp(-from / MEAN_DELAY));
  if (windowDays === Infinity) return within(age, age + 1);
  return age >= windowDays ? 1 : within(age, age + 1) / -Math.expm1(-windowDays / MEAN_DELAY);
}

interface Run {
  readonly effect: number;
  readonly result: SequentialProxyAssisted;
}

function runs(reading: "mature" | "curve", macroEffect: number | null, seed: number): Run[] {
  const random = createRandom(seed);
  return Array.from({ length: RUNS }, () => {
    const a = macroEffect === null ? random.normal() : macroEffect / effects.tauMacro;
    const b = random.normal();
    const macro = effects.tauMacro * a;
    const proxy = effects.tauProxy * (effects.rho * a + Math.sqrt(1 - effects.rho ** 2) * b);
    const windowDays = reading === "mature" ? WINDOW : Infinity;
    const days: ExposureDay[] = Array.from({ length: DAYS }, () => ({
      control: cohort(random, MICRO, MACRO, windowDays),
      treatment: cohort(random, MICRO + proxy, Math.max(0.0005, MACRO + macro), windowDays),
    }));
    const result = sequentialProxyAssisted({
      effects,
      sampling,
      days,
      lookDays: LOOKS,
      ...(reading === "mature" ? { attributionDays: WINDOW } : { conversionDelay: { meanDays: MEAN_DELAY } }),
    });
    return { effect: macro, result };
  });
}

/** Four standard errors of a simulated share. */
function expectShare(share: number, probability: number, trials = RUNS): void {
  const error = Math.sqrt((probability * (1 - probability)) / trials);
  expect(Math.abs(share - probability), `${share} against ${probability}`).toBeLessThan(4 * error);
}

describe.each(["mature", "curve"] as const)("raw cohorts, read by the %s", (reading) => {
  const population = runs(reading, null, 1);
  const without = runs(reading, 0, 2);

  it("lie within their posterior as often as it says, on each day", () => {
    LOOKS.forEach((_, look) => {
      const inside = population.filter(({ effect, result }) => {
        const { lower, upper } = result.looks[look]!.posterior!.interval;
        return effect >= lower && effect <= upper;
      });
      expectShare(inside.length / RUNS, 0.95);
      // P(effect > 0), by tenths.
      const tenths = Array.from({ length: 10 }, () => ({ count: 0, expected: 0, positive: 0 }));
      for (const { effect, result } of population) {
        const p = result.looks[look]!.posterior!.probabilityPositive;
        const tenth = tenths[Math.min(9, Math.floor(10 * p))]!;
        tenth.count += 1;
        tenth.expected += p;
        if (effect > 0) tenth.positive += 1;
      }
      for (const { count, expected, positive } of tenths) {
        if (count > 100) expectShare(positive / count, expected / count, count);
      }
    });
  });

  it("ship, and err, as often as was said beforehand", () => {
    const said = population[0]!.result;
    const shipped = population.filter(({ result }) => result.firstShipDay !== null);
    expectShare(shipped.length / RUNS, said.everyLook.shipShare);
    expectShare(
      shipped.filter(({ effect }) => effect < 0).length / shipped.length,
      said.everyLook.wrongShipShare,
      shipped.length,
    );
    const gains = population.map(({ effect, result }) => (result.firstShipDay === null ? 0 : effect));
    const mean = gains.reduce((sum, gain) => sum + gain, 0) / RUNS;
    const square = gains.reduce((sum, gain) => sum + gain ** 2, 0) / RUNS;
    expect(Math.abs(mean - said.everyLook.expectedGain)).toBeLessThan(
      4 * Math.sqrt((square - mean ** 2) / RUNS),
    );
    LOOKS.forEach((day, look) => {
      const falseShips = without.filter(({ result }) => (result.firstShipDay ?? Infinity) <= day);
      expectShare(falseShips.length / RUNS, said.looks[look]!.falseShipsBy);
    });
  });
});
