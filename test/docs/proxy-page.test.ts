import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import * as microlift from "../../src/index.ts";
import { naiveCorrelation } from "../../src/proxy/naive-decomposition.ts";

const page = readFileSync(resolve(import.meta.dirname, "../../docs/methods/proxy.md"), "utf8");

describe("the page on proxies", () => {
  it("names functions that are there", () => {
    const rows = page.split("\n").filter((line) => /^\| .*\?? \| `/.test(line));
    const named = rows.flatMap((row) =>
      [...row.split("|")[2]!.matchAll(/`(\w+)`/g)].map(([, name]) => name!),
    );
    expect(named.length).toBeGreaterThan(14);
    expect(named.filter((name) => !(name in microlift))).toEqual([]);
  });

  it.each([
    [1000, "0.41"],
    [5000, "0.34"],
    [20_000, "0.22"],
  ])("says what shines through tests of %d units", (n, shown) => {
    // Log-lifts spread by 0.04 on both; add to cart at 10 % and sale at 2 %, nested.
    const sampling = [
      [18 / n, 18 / n],
      [18 / n, 98 / n],
    ];
    const observed = sampling.map((row, i) => row.map((value, j) => value + (i === j ? 0.04 ** 2 : 0)));
    const { naive, fromEffects, fromUsers } = naiveCorrelation(observed, sampling, 0)!;
    expect(naive.toFixed(2)).toBe(shown);
    expect(fromEffects).toBeCloseTo(0, 14);
    expect(fromUsers).toBeCloseTo(naive, 14);
    expect(page).toContain(shown);
  });
});
