import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { accuracyOf, isRight } from "../../bench/peers/errors.ts";
import measured from "../../bench/peers/measured.json" with { type: "json" };
import { OURS } from "../../bench/peers/ours.ts";
import { type Measured, peersPage } from "../../bench/peers/page.ts";
import { TASKS } from "../../bench/peers/tasks.ts";

describe("the page of peers", () => {
  it("is what was measured, and nothing written by hand", () => {
    expect(peersPage(measured as unknown as Measured)).toBe(readFileSync("docs/peers.md", "utf8"));
  });

  it("tells figures of this library that it still gives", () => {
    for (const task of TASKS) {
      const call = OURS[task.name] as (...input: readonly unknown[]) => number | number[];
      const values = task.inputs.map((input) => call(...input));
      expect([task.name, isRight(accuracyOf(task, { values, seconds: 0 }))]).toEqual([task.name, true]);
    }
  });
});
