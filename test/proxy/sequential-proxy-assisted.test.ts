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
