import { log1mexp } from "../numerics/log1mexp.ts";

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
  someBelow: (p, m) => -Math.expm1(m * Math.log1p(-p)),
};

export const LOG: PValueScale = {
  one: 0,
  times: (p, factor) => p + Math.log(factor),
  someBelow: (p, m) => (p < RARE ? p + Math.log(m) : log1mexp(m * log1mexp(p))),
};

/** Log of a p-value of which two together are never seen, however many the tests; further down e^p loses its digits. */
const RARE = -300;
