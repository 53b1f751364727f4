import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { alwaysValidHorizon } from "../../src/sequential/always-valid-horizon.ts";
import type { SpendingName } from "../../src/sequential/efficacy-options.ts";
import { groupSequentialDesign } from "../../src/sequential/group-sequential-design.ts";
import { sequentialDuration } from "../../src/sequential/sequential-duration.ts";

const page = readFileSync(resolve(import.meta.dirname, "../../docs/methods/sequential.md"), "utf8");
const rows = page
  .split("\n")
  .filter((line) => /^\|.*\d \|$|^\|.*% \|$/.test(line))
  .map((line) =>
    line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim()),
  );

describe("the page of what looking costs", () => {
  const peeking = rows.filter((cells) => cells.length === 2);
  it("has rows to hold to account", () => {
    expect(peeking).toHaveLength(7);
    expect(rows.filter((cells) => cells.length === 4)).toHaveLength(12);
  });

  it.each(peeking)("says how often the fixed test at %s looks raises a false alarm: %s", (looks, share) => {
    const { typeIError } = sequentialDuration({
      baseline: 0.02,
      lift: 1e-6,
      monitoring: { method: "naive-peeking" },
      unitsPerDay: 1e6,
      horizonDays: Number(looks),
    });
    expect(100 * typeIError).toBeCloseTo(Number.parseFloat(share!), 1);
  });

  it.each(rows.filter((cells) => cells.length === 4))(
    "says what %s costs with %s looks: %s at most, %s on average",
    (method, looks, atMost, onAverage) => {
      const [inflation, average] = costs(/`([^`]+)`/.exec(method!)![1]!, Number(looks));
      expect(inflation).toBeCloseTo(Number(atMost), 3);
      expect(average).toBeCloseTo(Number(onAverage), 3);
    },
  );
});

function costs(method: string, looks: number): [inflation: number, average: number] {
  if (method !== "normal-mixture") {
    const spending = method as Exclude<SpendingName, "user-defined">;
    const design = groupSequentialDesign({ looks, spending });
    return [design.inflation, design.expectedSize.alternative.ofFixed];
  }
  const { inflation, stops } = alwaysValidHorizon({
    method,
    looks,
    alpha: 0.05,
    alternative: "two-sided",
    power: 0.8,
  });
  const early = stops.alternative.reduce((sum, stop, k) => sum + stop * (1 - (k + 1) / looks), 0);
  return [inflation, inflation * (1 - early)];
}
