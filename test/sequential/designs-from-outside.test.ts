import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { normalLogSf } from "../../src/numerics/normal.ts";
import { analyzeGroupSequential } from "../../src/sequential/analyze-group-sequential.ts";
import {
  groupSequentialDesign,
  type GroupSequentialDesign,
  type GroupSequentialDesignLook,
} from "../../src/sequential/group-sequential-design.ts";
import { relativeError } from "../support/relative-error.ts";

const sound = groupSequentialDesign({ looks: 3 });
const withLook = (k: number, change: Partial<GroupSequentialDesignLook>): GroupSequentialDesign => ({
  ...sound,
  looks: sound.looks.map((look, i) => (i === k ? { ...look, ...change } : look)),
});

describe("a design that was kept elsewhere", () => {
  it.each<[string, GroupSequentialDesign]>([
    ["design.gamma", { ...sound, spending: "kim-demets", gamma: 0 }],
    ["design.gamma", { ...sound, spending: "kim-demets", gamma: null }],
    ["design.gamma", { ...sound, spending: "hwang-shih-decani", gamma: Infinity }],
    ["design.alpha", { ...sound, alpha: 0 }],
    ["design.power", { ...sound, power: 1 }],
    ["design.drift", { ...sound, drift: 0 }],
    ["design.looks", { ...sound, looks: [] }],
    ["design.looks[0].information", withLook(0, { information: 0 })],
    ["design.looks[1].information", withLook(1, { information: 1 / 3 })],
    ["design.looks[1].information", withLook(1, { information: Number.NaN })],
    ["design.looks[1].information", withLook(1, { information: "2/3" as never })],
    ["design.looks[2].information", withLook(2, { information: 1.01 })],
    ["design.looks[0].efficacy", withLook(0, { efficacy: -1 })],
    ["design.looks[2].efficacy", withLook(2, { efficacy: 0 })],
    ["design.looks[1].cumulativeAlpha", withLook(1, { cumulativeAlpha: 0 })],
    ["design.looks[2].cumulativeAlpha", withLook(2, { cumulativeAlpha: 0.0501 })],
    ["design.looks[1].futility", withLook(1, { futility: Number.NaN })],
  ])("is refused for its %s", (field, design) => {
    const attempt = (): unknown => analyzeGroupSequential({ design, looks: [{ information: 1 / 3, z: 1 }] });
    expect(attempt).toThrow(DomainError);
    expect(attempt).toThrow(`${field} = `);
  });
});

describe("a group-sequential design", () => {
  it("has more power than type I error in the same tail", () => {
    expect(() => groupSequentialDesign({ looks: 2, power: 0.025 })).toThrow("power = 0.025");
    expect(() => groupSequentialDesign({ looks: 2, power: 0.05, alternative: "less" })).toThrow(
      "power = 0.05",
    );
    expect(groupSequentialDesign({ looks: 2, power: 0.026 }).power).toBe(0.026);
  });
});

describe("the p-value of an experiment that has ended", () => {
  const conclusion = (alternative: "two-sided" | "greater" | "less", zs: readonly number[]) =>
    analyzeGroupSequential({
      design: groupSequentialDesign({ looks: zs.length, alternative }),
      looks: zs.map((z, k) => ({ information: (k + 1) / zs.length, z })),
    }).conclusion!;

  it("has its log, after several looks too", () => {
    for (const alternative of ["two-sided", "greater", "less"] as const) {
      for (const zs of [[0.4], [0.4, 1.1, 0.7], [0.2, -0.5, -1.4], [1, 2, 3]]) {
        const { pValue, logPValue } = conclusion(alternative, zs);
        expect(Math.abs(logPValue - Math.log(pValue))).toBeLessThan(1e-14);
      }
    }
  });

  it("has its log below the smallest double, on the side that was asked for", () => {
    expect(relativeError(conclusion("greater", [40]).logPValue, normalLogSf(40))).toBeLessThan(1e-14);
    expect(relativeError(conclusion("less", [-40]).logPValue, normalLogSf(40))).toBeLessThan(1e-14);
    for (const z of [40, -40]) {
      const { pValue, logPValue } = conclusion("two-sided", [z]);
      expect(pValue).toBe(0);
      expect(relativeError(logPValue, normalLogSf(40) + Math.LN2)).toBeLessThan(1e-14);
    }
  });
});
