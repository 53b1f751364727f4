import { polynomial } from "./polynomial.ts";
import { log1p } from "./elementary/log1p.ts";

// 2/(2k + 3) for k = 11 down to 0: ln((1 + r)/(1 − r)) = 2r + r³ Σ r^2k · 2/(2k + 3).
const ATANH_SERIES = [
  2 / 25,
  2 / 23,
  2 / 21,
  2 / 19,
  2 / 17,
  2 / 15,
  2 / 13,
  2 / 11,
  2 / 9,
  2 / 7,
  2 / 5,
  2 / 3,
];
const ATANH_SERIES_SHORT = [2 / 9, 2 / 7, 2 / 5, 2 / 3];

/** ln(1 + x) − x for x > −1, without the cancellation near 0; it is never above 0. */
export function log1pmx(x: number): number {
  const magnitude = Math.abs(x);
  if (magnitude > 0.3) return log1p(x) - x;
  const r = x / (2 + x);
  const square = r * r;
  const series = polynomial(magnitude < 0.01 ? ATANH_SERIES_SHORT : ATANH_SERIES, square);
  return r * (square * series - x); // 2r − x = −x r
}
