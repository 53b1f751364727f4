import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sumOf } from "../../src/numerics/sum.ts";
import { proxyAssisted } from "../../src/proxy/proxy-assisted.ts";
import {
  sequentialProxyAssisted,
  type SequentialProxyAssistedInput,
} from "../../src/proxy/sequential-proxy-assisted.ts";
import { unitCovariance } from "../../src/proxy/unit-covariance.ts";
import { relativeError } from "../support/relative-error.ts";

interface Case {
  readonly input: SequentialProxyAssistedInput;
  readonly posterior: readonly { mean: number; standardDeviation: number; macroEquivalentN: number }[];
  readonly falseShipsBy: readonly number[];
  readonly shipsBy: readonly number[];
  readonly expectedGain: number;
  readonly wrongShips: number;
}
const cases = JSON.parse(
  readFileSync(new URL("../reference/proxy/sequential-assisted.json", import.meta.url), "utf8"),
) as Case[];

const sampling = unitCovariance({ microRate: 0.1, macroRate: 0.02, nested: true });
const effects = { tauProxy: 0.05, tauMacro: 0.04, rho: 0.8 };
const planned = (days: number, n = 2000): SequentialProxyAssistedInput["days"] =>
  Array.from({ length: days }, () => ({ control: { n }, treatment: { n } }));

describe("deciding day by day", () => {
  it("predicts as the joint normal distribution of all cohorts does", () => {
    for (const { input, posterior } of cases) {
      const { looks } = sequentialProxyAssisted(input);
      looks.forEach((look, i) => {
        const expected = posterior[i]!;
        expect(relativeError(look.macroEquivalentN, expected.macroEquivalentN)).toBeLessThan(1e-10);
        expect(relativeError(look.posterior!.standardDeviation, expected.standardDeviation)).toBeLessThan(
          1e-11,
        );
        const error = Math.abs(look.posterior!.mean - expected.mean);
        expect(error / expected.standardDeviation).toBeLessThan(1e-11);
      });
    }
  });

  it("ships, and errs, as often as integrals over both looks say", () => {
    for (const { input, falseShipsBy, shipsBy, expectedGain, wrongShips } of cases) {
      const { looks, everyLook } = sequentialProxyAssisted(input);
      // The references have an absolute error of about 1e-15.
      looks.forEach((look, i) => {
        expect(Math.abs(look.falseShipsBy - falseShipsBy[i]!)).toBeLessThan(1e-13);
        expect(Math.abs(look.shipsBy - shipsBy[i]!)).toBeLessThan(1e-13);
      });
      expect(Math.abs(everyLook.wrongShipShare * everyLook.shipShare - wrongShips)).toBeLessThan(1e-12);
      expect(Math.abs(everyLook.expectedGain - expectedGain)).toBeLessThan(1e-12 * input.effects.tauMacro);
    }
  });
});

const seen = (n: number, micro: number, macro: readonly number[]) => ({ n, micro, macro });
const observed: SequentialProxyAssistedInput["days"] = [
  { control: seen(2000, 200, [10, 25, 38, 40]), treatment: seen(2010, 230, [12, 27, 45, 47]) },
  { control: seen(1900, 185, [9, 24, 35]), treatment: seen(1890, 209, [10, 29, 40]) },
  { control: seen(2100, 214, [11, 26]), treatment: seen(2090, 225, [12, 30]) },
  { control: seen(2000, 197, [12]), treatment: seen(2010, 221, [11]) },
  ...planned(3),
];

describe("a look", () => {
  it("is proxyAssisted where all units are mature at once", () => {
    const [day] = observed;
    const { looks, everyLook } = sequentialProxyAssisted({ effects, sampling, days: [day!] });
    const [look] = looks;
    const proxyEffect = Math.log(230 / 2010 / (200 / 2000));
    const macroEffect = Math.log(12 / 2010 / (10 / 2000));
    const n = (2 * 2000 * 2010) / 4010;
    const assisted = proxyAssisted({ effects, sampling, n, proxyEffect, macroEffect });
    expect(look!.proxyEffect).toBeCloseTo(proxyEffect, 14);
    expect(look!.macroEffect).toBeCloseTo(macroEffect, 14);
    expect(look!.posterior!.mean).toBeCloseTo(assisted.posterior!.mean, 14);
    expect(look!.posterior!.probabilityPositive).toBeCloseTo(assisted.posterior!.probabilityPositive, 13);
    expect(look!.ships).toBe(assisted.posterior!.ships);
    expect(relativeError(look!.macroEquivalentN, assisted.macroEquivalentN)).toBeLessThan(1e-12);
    expect(relativeError(everyLook.falseShipRate, assisted.falseShipRate)).toBeLessThan(1e-11);
  });

  it("reads mature cohorts only, or all along the curve of their delay", () => {
    const mature = sequentialProxyAssisted({ effects, sampling, days: observed, attributionDays: 2 });
    expect(mature.method).toBe("mature-cohorts");
    expect(mature.looks.map(({ nMacro }) => Math.round(nMacro))).toEqual([
      0, 0, 2005, 3900, 5995, 8000, 10_000,
    ]);
    expect(mature.looks[3]!.macroEffect).toBeCloseTo(Math.log((85 / 3900) * (3900 / 73)), 14);
    const all = sequentialProxyAssisted({
      effects,
      sampling,
      days: observed,
      conversionDelay: { days: [1, 2, 3, 4], shares: [0.25, 0.6, 0.95, 1] },
    });
    expect(all.method).toBe("all-cohorts");
    all.looks.slice(0, 4).forEach((look, i) => {
      expect(look.nMacro).toBeGreaterThan(mature.looks[i]!.nMacro);
      expect(look.nMacro).toBeLessThan(look.nProxy);
      expect(look.macroEquivalentN).toBeGreaterThan(mature.looks[i]!.macroEquivalentN);
    });
    expect(all.assumptions.join(" ")).toContain("does not alter how long conversions take");
  });

  it("shows nothing of days to come, and plans them all the same", () => {
    const { looks, firstShipDay } = sequentialProxyAssisted({
      effects,
      sampling,
      days: observed,
      attributionDays: 2,
    });
    expect(looks.map(({ posterior }) => posterior !== null)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(looks.slice(4).every(({ ships, score }) => ships === null && score === null)).toBe(true);
    expect(looks[6]!.falseShipsBy).toBeGreaterThan(looks[3]!.falseShipsBy);
    expect(firstShipDay).toBe(looks.find(({ ships }) => ships)?.day ?? null);
  });

  it("leaves out sales that give no lift yet", () => {
    const { looks, warnings } = sequentialProxyAssisted({
      effects,
      sampling,
      days: [{ control: seen(50, 6, [0]), treatment: seen(50, 8, [1]) }],
    });
    expect(looks[0]!.macroEffect).toBeNull();
    expect(looks[0]!.posterior).not.toBeNull();
    expect(warnings.map(({ code }) => code)).toContain("MACRO_TOO_FEW");
  });
});

describe("looking every time", () => {
  const learned = {
    ...effects,
    source: "learned",
    posterior: [
      { ...effects, weight: 1 },
      { ...effects, weight: 3 },
    ],
  } as const;

  it("simulates over a posterior what it computes for one covariance", () => {
    const input = { sampling, days: planned(10), attributionDays: 4, draws: 40_000 };
    const computed = sequentialProxyAssisted({ ...input, effects });
    const simulated = sequentialProxyAssisted({ ...input, effects: learned });
    expect(computed.simulation).toBeNull();
    const { simulation, everyLook } = simulated;
    // Five standard errors.
    expect(Math.abs(everyLook.falseShipRate - computed.everyLook.falseShipRate)).toBeLessThan(
      5 * simulation!.falseShipRateStandardError,
    );
    expect(Math.abs(everyLook.expectedGain - computed.everyLook.expectedGain)).toBeLessThan(
      5 * simulation!.expectedGainStandardError,
    );
    const error = (share: number, n: number): number => 5 * Math.sqrt((share * (1 - share)) / n);
    const { shipShare, wrongShipShare } = computed.everyLook;
    expect(Math.abs(everyLook.shipShare - shipShare)).toBeLessThan(error(shipShare, 40_000));
    expect(Math.abs(everyLook.wrongShipShare - wrongShipShare)).toBeLessThan(
      error(wrongShipShare, 40_000 * shipShare),
    );
    expect(simulated.lastLook.falseShipRate).toBeCloseTo(computed.lastLook.falseShipRate, 12);
    expect(simulated.looks[9]!.macroEquivalentN / computed.looks[9]!.macroEquivalentN).toBeCloseTo(1, 9);
  });

  it.each([
    { family: "spike-and-normal", probabilityOfNoEffect: 0.6 },
    { family: "two-normals", wideProbability: 0.1, spreadRatio: 5 },
    { family: "student-t", degreesOfFreedom: 4 },
  ] as const)("simulates populations that are not normal ($family)", (population) => {
    const { everyLook, lastLook, simulation } = sequentialProxyAssisted({
      effects: { ...effects, meanMacro: 0.005, population },
      sampling,
      days: planned(6),
      attributionDays: 2,
      lookDays: [6],
      draws: 20_000,
    });
    // One look: what shipping rules say in closed form, within five standard errors.
    expect(Math.abs(everyLook.falseShipRate - lastLook.falseShipRate)).toBeLessThan(
      5 * simulation!.falseShipRateStandardError,
    );
    expect(Math.abs(everyLook.expectedGain - lastLook.expectedGain)).toBeLessThan(
      5 * simulation!.expectedGainStandardError,
    );
    const error = Math.sqrt((lastLook.shipShare * (1 - lastLook.shipShare)) / 20_000);
    expect(Math.abs(everyLook.shipShare - lastLook.shipShare)).toBeLessThan(5 * error);
  });

  it("keeps a wanted false-ship rate, computed or simulated", () => {
    const input = { sampling, days: planned(8), attributionDays: 3, falseShipRate: 0.05 };
    const computed = sequentialProxyAssisted({ ...input, effects });
    expect(computed.everyLook.falseShipRate).toBeCloseTo(0.05, 8);
    const simulated = sequentialProxyAssisted({ ...input, effects: learned, draws: 20_000 });
    expect(simulated.everyLook.falseShipRate).toBeCloseTo(0.05, 8);
    expect(Math.abs(simulated.shipThreshold - computed.shipThreshold)).toBeLessThan(0.01);
  });

  it("errs more often the more often one looks, and knows more the longer one waits", () => {
    fc.assert(
      fc.property(
        fc.record({
          tauProxy: fc.double({ min: 0.01, max: 0.3, noNaN: true }),
          tauMacro: fc.double({ min: 0.01, max: 0.3, noNaN: true }),
          rho: fc.double({ min: -1, max: 1, noNaN: true }),
          meanMacro: fc.double({ min: -0.05, max: 0.05, noNaN: true }),
        }),
        fc.integer({ min: 100, max: 50_000 }),
        fc.integer({ min: 0, max: 8 }),
        (belief, n, attributionDays) => {
          const input = { effects: belief, sampling, days: planned(8, n), attributionDays };
          const daily = sequentialProxyAssisted(input);
          const rare = sequentialProxyAssisted({ ...input, lookDays: [4, 8] });
          expect(daily.everyLook.falseShipRate).toBeGreaterThanOrEqual(rare.everyLook.falseShipRate - 1e-12);
          expect(rare.everyLook.falseShipRate).toBeGreaterThanOrEqual(daily.lastLook.falseShipRate - 1e-12);
          daily.looks.forEach((look, i) => {
            if (i === 0) return;
            expect(look.macroEquivalentN).toBeGreaterThanOrEqual(
              daily.looks[i - 1]!.macroEquivalentN * (1 - 1e-9),
            );
            expect(look.shipsBy).toBeGreaterThanOrEqual(daily.looks[i - 1]!.shipsBy);
          });
          expect(daily.everyLook.shipShare).toBeLessThanOrEqual(1 + 1e-12);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("is an assisted decision on the last day alone, where that is the only look", () => {
    const { everyLook, lastLook } = sequentialProxyAssisted({
      effects: { ...effects, meanMacro: 0.01 },
      sampling,
      days: planned(6),
      attributionDays: 2,
      lookDays: [8],
    });
    expect(relativeError(everyLook.falseShipRate, lastLook.falseShipRate)).toBeLessThan(1e-12);
    expect(relativeError(everyLook.shipShare, lastLook.shipShare)).toBeLessThan(1e-12);
    expect(relativeError(everyLook.expectedGain, lastLook.expectedGain)).toBeLessThan(1e-12);
    expect(relativeError(everyLook.wrongShipShare, lastLook.wrongShipShare)).toBeLessThan(1e-12);
    expect(everyLook.meanShipDay).toBe(8);
  });

  it("ships blindly, or never, on what says nothing", () => {
    const input = { sampling, days: planned(3), attributionDays: 30 };
    const never = sequentialProxyAssisted({ ...input, effects: { ...effects, rho: 0 } });
    expect(never.everyLook).toMatchObject({
      falseShipRate: 0,
      shipShare: 0,
      expectedGain: 0,
      meanShipDay: null,
    });
    const blind = sequentialProxyAssisted({ ...input, effects: { ...effects, rho: 0, meanMacro: 0.1 } });
    expect(blind.everyLook).toMatchObject({
      falseShipRate: 1,
      shipShare: 1,
      expectedGain: 0.1,
      meanShipDay: 1,
    });
  });

  it("holds from one unit to 1e12", () => {
    for (const n of [1, 1e9, 1e12]) {
      for (const reading of [{ attributionDays: 1 }, { conversionDelay: { meanDays: 2 } }]) {
        const { everyLook, looks } = sequentialProxyAssisted({
          effects,
          sampling,
          days: planned(5, n),
          ...reading,
        });
        expect(everyLook.falseShipRate).toBeGreaterThanOrEqual(0);
        expect(everyLook.expectedGain).toBeGreaterThanOrEqual(0);
        expect(everyLook.expectedGain).toBeLessThan(effects.tauMacro * 0.399);
        expect(sumOf(looks.map(({ shipsBy }) => shipsBy))).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it.each([
    [{ days: [] }, "days"],
    [{ days: [{ control: { n: 10 }, treatment: { n: 0 } }] }, "days[0].treatment.n"],
    [{ days: [{ control: seen(10, 11, []), treatment: { n: 10 } }] }, "days[0].control.micro"],
    [{ days: [{ control: { n: 10 }, treatment: seen(10, 1, [3, 2]) }] }, "days[0].treatment.macro[1]"],
    [{ lookDays: [2, 2] }, "lookDays[1]"],
    [{ lookDays: [0] }, "lookDays[0]"],
    [{ shipThreshold: 0.9, falseShipRate: 0.1 }, "shipThreshold"],
    [{ falseShipRate: 1 }, "falseShipRate"],
    [{ attributionDays: 7, conversionDelay: { meanDays: 3 } }, "attributionDays"],
    [{ sampling: { ...sampling, correlation: 1 } }, "sampling.correlation"],
    [{ sampling: unitCovariance({ microRate: 0.1, macroRate: 0.02 }) }, "sampling.correlationRange"],
    [{ draws: 10 }, "draws"],
    [{ effects: { ...effects, scale: "difference" } }, "sampling.scale"],
  ])("refuses %o", (part, field) => {
    expect(() =>
      sequentialProxyAssisted({
        effects,
        sampling,
        days: planned(3),
        ...part,
      } as SequentialProxyAssistedInput),
    ).toThrow(expect.objectContaining({ field }));
  });
});
