import { describe, expect, it } from "vitest";
import { BUDGETS, bundle } from "../../bench/sizes.ts";
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
