import { LN2_HIGH, LN2_LOW } from "./ln2.ts";
import { scaled } from "./power-of-two.ts";

const OVERFLOWS = 709.782712893384;
const VANISHES = -745.1332191019412;

/** e^x, the same bits on every engine, within one unit of the last digit. */
export function exp(x: number): number {
  return expOfSum(x, 0);
}

/** e^(x + rest) for a rest that is lost in x + rest. */
export function expOfSum(x: number, rest: number): number {
  if (!(x <= OVERFLOWS)) return x > 0 ? Infinity : Number.NaN;
  if (x < VANISHES) return 0;
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW - rest;
  return scaled(1 + (high - (low - aboveTangent(high - low))), k);
}

/** e^r − 1 − r for |r| up to ln(2)/2: with c = r − (r coth(r/2) − 2), e^r is 1 + r + r c/(2 − c). */
export function aboveTangent(r: number): number {
  const z = r * r;
  const upper = 1 / 15120 - z * (1 / 604800 - z * (1 / 23950080 - (z * 691) / 653837184000));
  const c = r - z * (1 / 6 - z * (1 / 360 - z * upper));
  return (r * c) / (2 - c);
}
