import { ln } from "./ln.ts";

/** log10 x, the same bits on every engine; exact at powers of 10. */
export function log10(x: number): number {
  const near = ln(x) * Math.LOG10E;
  const whole = Math.round(near);
  return Number(`1e${whole}`) === x ? whole : near;
}
