import { type BetaDensity, logDensity } from "../numerics/beta-density.ts";
import { logIncompleteBeta } from "../numerics/incomplete-beta.ts";
import type { Marginal } from "./marginal.ts";
import { tabulatedLogs } from "./tabulated-logs.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** A Beta distributed rate by the log of the rate over its mean, which has an end where the rate is 1. */
export function rateLogMarginal(
  density: BetaDensity,
  logDeviation: number,
): Pick<Marginal, "logDensity" | "logTails"> {
  const { a, b, total } = density;
  const mean = a / total;
  const rest = b / total;
  return tabulatedLogs(
    (points, side) => {
      const at = points.map((y) => {
        const excess = expm1(y);
        return { x: mean * (1 + excess), rest: rest - mean * excess, lambda: -a * excess };
      });
      return {
        densities: at.map(({ x, rest: y, lambda }) =>
          y > 0 ? logDensity(density, x, y, lambda) - ln(y) : -Infinity,
        ),
        tails: at.map(({ x, rest: y, lambda }) => logIncompleteBeta(x, y, a, b, lambda)[side]),
      };
    },
    0,
    logDeviation,
  );
}
