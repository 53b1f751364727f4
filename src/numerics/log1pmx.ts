import { artanhSeries } from "./elementary/ln.ts";
import { log1p } from "./elementary/log1p.ts";

/** ln(1 + x) − x for x > −1, without the cancellation near 0; it is never above 0. */
export function log1pmx(x: number): number {
  if (Math.abs(x) > 0.3) return log1p(x) - x;
  // ln(1 + x) is 2r + r Σ 2 r^2j/(2j + 1), and 2r − x = −x r.
  const r = x / (2 + x);
  return r * (artanhSeries(r * r) - x);
}
