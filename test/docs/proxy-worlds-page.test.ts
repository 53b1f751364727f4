import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { DEFAULT_PRIOR } from "../../src/proxy/covariance-prior.ts";
import { knownGains } from "../simulation/proxy-worlds/gains.ts";
import { WORLDS } from "../support/effect-worlds.ts";
import { tableRows } from "../support/table-rows.ts";

// What is simulated is held to the page in the slow lane; here stands what is quick to know.
const page = readFileSync(resolve(import.meta.dirname, "../../docs/methods/proxy-worlds.md"), "utf8");

describe("the page on proxies in simulated worlds", () => {
  const gains = tableRows(page, "what is gained");

  it("has three sizes of each world", () => expect(gains).toHaveLength(3 * Object.keys(WORLDS).length));

  it.each(gains)("has what those gain who know the world: %s at %s", (world, n, ...shown) => {
    const { macroOnly, proxyOnly, oracle } = knownGains(WORLDS[world!]!, Number(n));
    const better = Math.max(macroOnly, proxyOnly);
    [macroOnly, proxyOnly, oracle].forEach((gain, i) => expect((gain / better).toFixed(2)).toBe(shown[i]));
  });

  it.each(tableRows(page, "heavy tails"))("has the same under heavy tails: %s", (world, ...shown) => {
    const { macroOnly, proxyOnly, oracle } = knownGains(WORLDS[world!]!, 20_000, true);
    const better = Math.max(macroOnly, proxyOnly);
    [macroOnly, proxyOnly, oracle].forEach((gain, i) => expect((gain / better).toFixed(2)).toBe(shown[i]));
  });

  it("describes the prior that is the default", () => {
    const { unrelatedShare, unrelatedLkj, lkj, positiveTilt, meanRatio } = DEFAULT_PRIOR;
    expect([unrelatedShare, unrelatedLkj, lkj, positiveTilt, meanRatio]).toEqual([0.6, 20, 1, 1, 0.15]);
    expect(page).toContain("with probability .6 as good as unrelated, rho ~ LKJ(20)");
    expect(page).toContain("| meanRatio 0 | .15 (default) |");
  });

  it("has no green light for a proxy that is no good", () => {
    const bad = tableRows(page, "lights").filter(([world]) => world !== "good");
    expect(bad).toHaveLength(9);
    for (const [, , ...cells] of bad) for (const cell of cells) expect(cell).toMatch(/^0\.00, /);
  });
});
