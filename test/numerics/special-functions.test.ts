import { describe, expect, it } from "vitest";
import { productError, sumError } from "../../src/numerics/error-free.ts";
import { log1mexp } from "../../src/numerics/log1mexp.ts";
import { log1pmx } from "../../src/numerics/log1pmx.ts";
import { logBeta } from "../../src/numerics/log-beta.ts";
import { logGammaIncrement } from "../../src/numerics/log-gamma-increment.ts";
import { logGamma } from "../../src/numerics/log-gamma.ts";
import { stirlingError } from "../../src/numerics/stirling-error.ts";
import { relativeError } from "../support/relative-error.ts";

// Reference values: mpmath 1.3, 40 digits, at exact doubles.
const LOG_GAMMA: [number, number][] = [
  [1e-100, 230.25850929940458],
  [1e-5, 11.512919692895826],
  [0.3, 1.0957979948180756],
  [0.9999999, 5.772157468444193e-8],
  [1.0000001, -5.772155829918507e-8],
  [1.4, -0.1196129141723713],
  [1.6, -0.11259176569675577],
  [1.9999999, -4.2278430309861296e-8],
  [2.000001, 4.2278465762452923e-7],
  [3.7, 1.428072326665388],
  [7.99, 8.50501160608848],
  [8.01, 8.545324429747733],
  [50.5, 146.51925549072064],
  [1000000.0, 12815504.569147611],
  [1000000000000000.0, 3.3538776394910668e16],
];

const LOG_GAMMA_INCREMENT: [number, number, number][] = [
  [0.5, 1e-9, -1.9635100235540225e-9],
  [3.0, 1e-12, 9.227843350986645e-13],
  [1000000000.0, 1e-6, 2.072326583644641e-5],
  [1000000000000.0, 0.5, 13.81551055796415],
  [1000000000000000.0, 1.0, 34.538776394910684],
  [1e-5, 0.3, -10.417156722707716],
  [7.5, 0.25, 0.49109415955725094],
  [0.1, 20.0, 37.38447985190273],
];

const LOG_BETA: [number, number, number][] = [
  [0.001, 0.002, 7.313217104417236],
  [0.5, 0.5, 1.1447298858494002],
  [0.5, 1000000000000.0, -13.243145615039449],
  [3.0, 7.0, -5.529429087511423],
  [10.0, 1000000000.0, -194.43083093438264],
  [10000000.0, 10000000.0, -13862950.404734597],
  [123456.5, 1000000000000000.0, -2940137.8173431745],
];

const STIRLING_ERROR: [number, number][] = [
  [0.1, 0.512740081331915],
  [1.0, 0.08106146679532726],
  [2.5, 0.03316287351993629],
  [7.5, 0.011104559758206917],
  [8.0, 0.010411265261972096],
  [30.0, 0.0027776749297526936],
  [100000.0, 8.333333333305556e-7],
];

const LOG1PMX: [number, number][] = [
  [-0.9, -1.402585092994046],
  [-0.31, -0.061063681390831986],
  [-0.29, -0.05249030894677594],
  [-0.011, -6.094735942493777e-5],
  [-0.009, -4.07446521490622e-5],
  [-1e-9, -5.000000003333334e-19],
  [1e-20, -5e-41],
  [1e-5, -4.9999666669166655e-11],
  [0.0099, -4.868394962581728e-5],
  [0.0101, -5.0664146998559146e-5],
  [0.299, -0.03740526231153751],
  [0.301, -0.03786680046963178],
  [5.0, -3.208240530771945],
];

describe("what the distributions are made of, against mpmath", () => {
  it.each(LOG_GAMMA)("logGamma(%s)", (x, value) => {
    expect(relativeError(logGamma(x), value)).toBeLessThan(1e-15);
  });

  it.each(LOG_GAMMA_INCREMENT)("logGammaIncrement(%s, %s)", (x, increment, value) => {
    expect(relativeError(logGammaIncrement(x, increment), value)).toBeLessThan(2e-15);
  });

  it.each(LOG_BETA)("logBeta(%s, %s)", (a, b, value) => {
    expect(relativeError(logBeta(a, b), value)).toBeLessThan(2e-15);
    expect(logBeta(b, a)).toBe(logBeta(a, b));
  });

  it.each(STIRLING_ERROR)("stirlingError(%s)", (x, value) => {
    expect(Math.abs(stirlingError(x) - value)).toBeLessThan(3e-15);
  });

  it.each(LOG1PMX)("log1pmx(%s)", (x, value) => {
    expect(relativeError(log1pmx(x), value)).toBeLessThan(2e-15);
  });

  it("log1mexp is right at both ends", () => {
    expect(log1mexp(-Infinity)).toBe(0);
    expect(log1mexp(0)).toBe(-Infinity);
    expect(relativeError(log1mexp(-1e-20), Math.log(1e-20))).toBeLessThan(1e-15);
    expect(relativeError(log1mexp(-100), -Math.exp(-100))).toBeLessThan(1e-15);
  });

  it("an error-free sum and product give back what rounding lost", () => {
    expect(sumError(1, 1e-20, 1)).toBe(1e-20);
    expect(productError(1 + 2 ** -30, 1 + 2 ** -30, (1 + 2 ** -30) ** 2)).toBe(2 ** -60);
  });
});
