import { describe, expect, it } from "vitest";
import { logNormalLoss, normalLossQuantile } from "../../src/numerics/normal-loss.ts";

// mpmath 1.3, 40 digits: log(npdf(u) - u * erfc(u / sqrt(2)) / 2).
const TABLE = [
  [-30, 3.4011973816621555],
  [-1, 0.08002621884930694],
  [0, -0.9189385332046728],
  [0.5, -1.6205162643873199],
  [3, -7.869686059603029],
  [10, -55.55312203612235],
  [36, -656.0882850049788],
  [100, -5010.12957880025],
] as const;

describe("the unit normal loss", () => {
  it.each(TABLE)("at %f has its log, %f, to 1e-13, and back", (u, log) => {
    expect(Math.abs(logNormalLoss(u) - log) / Math.max(1, Math.abs(log))).toBeLessThan(1e-13);
    expect(Math.abs(normalLossQuantile(log) - u) / Math.max(1, Math.abs(u))).toBeLessThan(1e-13);
  });
});
