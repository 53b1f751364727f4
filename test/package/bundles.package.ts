import { describe, expect, it } from "vitest";
import { BUDGETS, bundle, bundleSubpath, SUBPATH_BUDGETS } from "../../bench/sizes.ts";
import manifest from "../../package.json" with { type: "json" };
import * as microlift from "../../src/index.ts";

// What a bundler takes in with one name of the built root.

/** Names that read documents, and so bring zod. */
const WITH_SCHEMAS = /^(planExperiment|analyzeExperiment|.*Schema)$/;
const light = Object.keys(microlift).filter((name) => !WITH_SCHEMAS.test(name));

describe("a bundle of one name", () => {
  it.each(light)("%s reaches neither jstat nor zod", async (name) => {
    const { code, packages } = await bundle(name);
    expect(packages).toEqual([]);
    expect(code.includes("_zod")).toBe(false);
  });

  it("sees zod where it is: the check above can fail", async () => {
    expect((await bundle("planExperiment")).code.includes("_zod")).toBe(true);
  });

  it.each(BUDGETS)("of %s weighs at most %d bytes gzipped", async (name, budget) => {
    expect((await bundle(name)).bytes).toBeLessThanOrEqual(budget);
  });
});

describe("a bundle of a whole subpath", () => {
  it("has a budget for each", () => {
    const subpaths = Object.keys(manifest.exports).filter((path) => !path.endsWith(".json"));
    const specifiers = subpaths.map((path) => `microlift${path.slice(1)}`);
    expect(SUBPATH_BUDGETS.map(([specifier]) => specifier).toSorted()).toEqual(specifiers.toSorted());
  });

  it.each(SUBPATH_BUDGETS)(
    "%s weighs at most %d bytes minified and %d gzipped, reaches no package, and zod only for documents",
    async (specifier, rawBudget, budget) => {
      const { code, raw, bytes, packages } = await bundleSubpath(specifier);
      expect(packages).toEqual([]);
      expect(code.includes("_zod")).toBe(/^microlift(\/experiment|\/browser)?$/.test(specifier));
      expect(raw).toBeLessThanOrEqual(rawBudget);
      expect(bytes).toBeLessThanOrEqual(budget);
    },
  );
});
