import { newtonRoot } from "../numerics/newton-root.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { binomialDeviance } from "./binomial-deviance.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";

/** A rate, its complement, and how far it lies from the rate seen, each with its own digits. */
export interface RateLimit {
  readonly rate: number;
  readonly rest: number;
  readonly shift: number;
}

/** The rate below the one seen at which the deviance of the counts reaches `deviance` > 0; 0 where none converted. */
export function lowerDevianceLimit({ n, conversions }: Proportion, deviance: number): RateLimit {
  if (conversions === 0) return { rate: 0, rest: 1, shift: 0 };
  const seen = conversions / n;
  const missing = (n - conversions) / n;
  const target = Math.sqrt(deviance);
  // The root of the deviance is nearly linear in the log of the rate, which keeps its digits next to 0.
  const log = newtonRoot(
    (u) => {
      const shift = seen * expm1(u);
      const rest = missing - shift;
      const root = Math.sqrt(binomialDeviance({ n, conversions }, shift, seen * exp(u), rest));
      return [target - root, (-n * shift) / rest / root];
    },
    -Infinity,
    0,
    -target * Math.sqrt((missing + 1 / n) / conversions),
  );
  const shift = seen * expm1(log);
  return { rate: seen * exp(log), rest: missing - shift, shift };
}

/** The rate above the one seen at which it does; 1 where all converted. */
export function upperDevianceLimit({ n, conversions }: Proportion, deviance: number): RateLimit {
  const { rate, rest, shift } = lowerDevianceLimit({ n, conversions: n - conversions }, deviance);
  return { rate: rest, rest: rate, shift: 0 - shift };
}
