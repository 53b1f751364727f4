import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { expectedMaximum } from "../../src/numerics/expected-maximum.ts";
import { programmeGain, type ProgrammeGainInput } from "../../src/proxy/programme-gain.ts";
import type { PolicyOutcome } from "../../src/proxy/programme-policy.ts";
import { relativeError } from "../support/relative-error.ts";

// Relative errors allowed: 1e-12 against quadratures at 40 digits.
const TOLERANCE = 1e-12;

interface ProgrammeRow {
  readonly input: ProgrammeGainInput & { readonly n: number };
  readonly expected: Record<string, Record<keyof PolicyOutcome, string>>;
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(`../reference/proxy/${file}`, import.meta.url), "utf8")) as T;
}

const { programmes, largestNormals } = read<{
  programmes: ProgrammeRow[];
  largestNormals: { k: number; mean: string }[];
}>("programme-mpmath.json");

describe("a programme of tests", () => {
  it.each(programmes.map((row, i) => [i, row] as const))("%i earns what its definition says", (_, row) => {
    const { policies } = programmeGain(row.input);
    for (const { policy, atN } of policies) {
      for (const [field, value] of Object.entries(row.expected[policy]!)) {
        const actual = atN![field as keyof PolicyOutcome]!;
        expect(
          relativeError(actual, Number(value)),
          `${policy} ${field}: ${actual} against ${value}`,
        ).toBeLessThanOrEqual(TOLERANCE);
      }
    }
  });

  it("earns per test what the method specification says", () => {
    const row = read<{ cases: { id: string; expected: { gainPerTest: number; gainPerfect: number } }[] }>(
      "programme-and-value.json",
    ).cases.find(({ id }) => id === "expected-gain")!;
    const { policies } = programmeGain({
      effects: { tauProxy: 0.004, tauMacro: 0.0008, rho: 0.8, scale: "difference" },
      sampling: { proxy: 0.18, macro: 0.0392, correlation: 3 / 7 },
      unitsPerDay: 1000,
      ideasPerYear: 20,
      n: 20_000,
    });
    expect(relativeError(policies[1]!.atN!.gainPerTest, row.expected.gainPerTest)).toBeLessThan(1e-13);
  });
});

describe("the mean of the largest of k normals", () => {
  it.each(largestNormals)("is known for k = $k", ({ k, mean }) => {
    expect(Math.abs(expectedMaximum(k) - Number(mean))).toBeLessThanOrEqual(1e-13 * Number(mean));
  });
});
