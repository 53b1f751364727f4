import { describe, expect, it } from "vitest";
import { logNormalLosses } from "../../src/numerics/log-normal-loss.ts";
import { readCsv } from "../support/csv.ts";
import { relativeError } from "../support/relative-error.ts";

const rows = readCsv("numerics/log_normal_losses.csv").map((row) => ({
  mean: Number(row["mean"]),
  deviation: Number(row["deviation"]),
  short: Number(row["short"]),
  beyond: Number(row["beyond"]),
}));

describe("what a log-normal value is expected to fall short of 1 and to exceed it by", () => {
  it.each(rows)(
    "is that of 80 digits at $mean ± $deviation, to 1e-12",
    ({ mean, deviation, ...expected }) => {
      const { short, beyond } = logNormalLosses(mean, deviation);
      expect(relativeError(short, expected.short)).toBeLessThan(1e-12);
      expect(relativeError(beyond, expected.beyond)).toBeLessThan(1e-12);
    },
  );
});
