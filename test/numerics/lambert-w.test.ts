import { describe, expect, it } from "vitest";
import { lambertWBelowMinusOne } from "../../src/numerics/lambert-w.ts";
import { halfNormalMixtureSlope, logHalfNormalMixture } from "../../src/numerics/log-half-normal-mixture.ts";
import { relativeError } from "../support/relative-error.ts";

// mpmath 1.3 at 50 digits: -1 - lambertw(-exp(-1 - d), -1), d the exact double.
const LAMBERT: readonly (readonly [number, number])[] = [
  [1e-300, 1.4142135623730952e-150],
  [1e-30, 1.4142135623730959e-15],
  [1e-12, 1.4142142290398402e-6],
  [1e-6, 0.0014148803075923683],
  [0.01, 0.14816512237939475],
  [0.3, 0.9862468559702339],
  [1.0, 2.1461932206205825],
  [3.0, 4.749031386012701],
  [5.991464547107982, 8.211968062068253],
  [20.0, 23.185764204040805],
  [100.0, 104.66022855484995],
  [700.0, 706.5618250108739],
  [1381.5510557964274, 1388.7879622657833],
  [100000.0, 100011.51305058764],
];

describe("the lower branch of Lambert's W", () => {
  it("is right to 1e-15 from where it touches the other branch to where its argument underflows", () => {
    for (const [d, expected] of LAMBERT) {
      expect(relativeError(lambertWBelowMinusOne(d), expected)).toBeLessThan(1e-15);
    }
    expect(lambertWBelowMinusOne(0)).toBe(0);
  });
});

// mpmath 1.3 at 50 digits: log(2 * ncdf(y)) + y**2 / 2, and y + npdf(y) / ncdf(y).
const MIXTURE: readonly (readonly [number, number, number])[] = [
  [-100000000.0, -18.646472096597094, 0.0],
  [-10000.0, -9.43613173462091, 0.0],
  [-40.0, -3.9152948331938426, 0.024968847207263722],
  [-5.0, -1.8718512134287804, 0.1865039671258421],
  [-1.0, -0.6478744644493182, 0.5251352761609812],
  [-0.5, -0.3577645810336733, 0.6410777703680645],
  [-0.001, -0.0007977029070198693, 0.7975212895629114],
  [-1e-12, -7.978845608026837e-13, 0.797884560802502],
  [0.0, 0.0, 0.7978845608028654],
  [1e-12, 7.97884560803047e-13, 0.7978845608032288],
  [0.001, 0.0007980662872570661, 0.7982480500564331],
  [0.5, 0.44920076527128894, 1.0091604338370335],
  [0.7, 0.661123238282814, 1.1119247504192906],
  [1.0, 1.0203934015364955, 1.2875999709391783],
  [3.0, 5.191796370595197, 3.004437839042126],
  [8.0, 32.69314718055995, 8.000000000000005],
  [38.0, 722.6931471805599, 38.0],
  [1000.0, 500000.69314718054, 1000.0],
];

describe("the half-normal mixture", () => {
  it("has its log to 1e-14 relative or absolute, however far below 0, and its slope to 1e-14 above", () => {
    for (const [y, log, slope] of MIXTURE) {
      const size = Math.abs(y) < 1 ? Math.abs(log) : Math.max(1, Math.abs(log));
      expect(Math.abs(logHalfNormalMixture(y) - log)).toBeLessThanOrEqual(1e-14 * size);
      if (y >= 0) expect(relativeError(halfNormalMixtureSlope(y, log), slope)).toBeLessThan(1e-14);
    }
  });
});
