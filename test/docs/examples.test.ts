import { describe, expect, it } from "vitest";
import * as microlift from "../../src/index.ts";
import { commentExamples, examples, runExample } from "../support/examples.ts";
import { agrees } from "../support/shown-value.ts";

// Every example in a doc comment runs, and says what it shows: `expression; // value`. Those of pages: pages.test.ts.

describe("the examples", () => {
  it("are there", () => {
    expect(examples.length).toBeGreaterThan(20);
  });

  it.each(commentExamples)("$where runs and shows what it says", async ({ code }) => {
    const shown: string[] = [];
    const show = (value: unknown, text: string): void => {
      if (!agrees(value, text)) shown.push(`${JSON.stringify(value)} is not ${text}`);
    };
    await runExample(code, microlift, show);
    expect(shown).toEqual([]);
  });

  it("stand at every public function", () => {
    const documented = examples.map(({ code }) => code).join("\n");
    const missing = Object.entries(microlift)
      .filter(([, value]) => typeof value === "function")
      .map(([name]) => name)
      .filter((name) => !new RegExp(`\\b${name}\\b`).test(documented));
    expect(missing).toEqual([]);
  });
});
