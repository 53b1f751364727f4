import { log1mexp } from "../numerics/log1mexp.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { ln } from "../numerics/elementary/ln.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/** The arithmetic of p-values, on them as they are or on their logs, so that each adjustment is written once. */
export interface PValueScale {
  /** What a certain p-value is. */
  readonly one: number;
  readonly times: (p: number, factor: number) => number;
  /** 1 − (1 − p)^m: the smallest of m independent p-values is below p. */
  readonly someBelow: (p: number, m: number) => number;
}

export const LINEAR: PValueScale = {
  one: 1,
  times: (p, factor) => p * factor,
  someBelow: (p, m) => -expm1(m * log1p(-p)),
};

export const LOG: PValueScale = {
  one: 0,
  times: (p, factor) => p + ln(factor),
  someBelow: (p, m) => (p < RARE ? p + ln(m) : log1mexp(m * log1mexp(p))),
};

/** Log of a p-value of which two together are never seen, however many the tests; further down e^p loses its digits. */
const RARE = -300;
