import { productError, sumError } from "../error-free.ts";
import { exp, expOfSum } from "./exp.ts";
import { LN2_HIGH, LN2_LOW } from "./ln2.ts";
import { artanhSeries, LEAST_NORMAL } from "./ln.ts";
import { binaryExponent, powerOfTwo } from "./power-of-two.ts";

/** x ** y, the same bits on every engine, within one unit of the last digit; an x below 0 takes whole powers only. */
export function pow(x: number, y: number): number {
  if (y === 2) return x * x;
  if (y === 3) return x * x * x;
  if (y === 4) return x * x * (x * x);
  if (y === 0) return 1;
  if (!(x > 0 && x < Infinity)) return powAtEnd(x, y);
  return x < LEAST_NORMAL ? powOfNormal(x * 2 ** 54, -54, y) : powOfNormal(x, 0, y);
}

/** (x · 2^power)^y by y ln x, whose logarithm has twice the digits. */
function powOfNormal(x: number, power: number, y: number): number {
  const k = binaryExponent(x);
  const f = x * powerOfTwo(-k) - 1;
  const below = 2 + f;
  const s = f / below;
  const back = s * below;
  const sLow = (f - back - productError(s, below, back) - s * (f - (below - 2))) / below;
  const whole = (k + power) * LN2_HIGH;
  const sum = whole + 2 * s;
  const rest = sumError(whole, 2 * s, sum) + (2 * sLow + s * artanhSeries(s * s) + (k + power) * LN2_LOW);
  const high = sum + rest;
  const low = sumError(sum, rest, high);
  const product = y * high;
  // Beyond the exponents of doubles digits do not matter, and at 0 there are none.
  if (product === 0 || !(Math.abs(product) < 800)) return exp(product);
  return expOfSum(product, productError(y, high, product) + y * low);
}

/** Powers of 0, infinities and numbers below 0. */
function powAtEnd(x: number, y: number): number {
  if (x < 0) {
    if (!Number.isInteger(y)) return Number.NaN;
    return (y % 2 === 0 ? 1 : -1) * pow(-x, y);
  }
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  return (x === 0) === y > 0 ? 0 : Infinity;
}
