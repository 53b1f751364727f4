import type { Alternative } from "../../src/core/alternative.ts";
import { normalUpperQuantile } from "../../src/numerics/normal.ts";
import type { Random } from "../../src/numerics/random.ts";
import { mixtureCriticalValue } from "../../src/sequential/mixture.ts";
import { type MixtureMethod, mixtureOf } from "../../src/sequential/mixture-method.ts";

/** An experiment on two equal rates that is looked at again and again. */
export interface Peeking {
  readonly rate: number;
  /** Units that each arm gets between two looks. */
  readonly control: number;
  readonly treatment: number;
  readonly looks: number;
  readonly alpha: number;
  /** `fixed` is the test for a single look, taken at every one. */
  readonly method: MixtureMethod | "fixed";
  readonly tightestN: number;
  readonly alternative: Alternative;
  /** The first look has so many units of both kinds in each arm. */
  readonly from: number;
}

/** Units until the next conversion, that one included. */
export function gap(random: Random, rate: number): number {
  return Math.ceil(Math.log(random.uniform()) / Math.log1p(-rate));
}

/** The look at which each of so many experiments is first rejected, Infinity where none does: as `alwaysValidPValue`, look by look. */
export function firstRejections(peeking: Peeking, experiments: number, random: Random): number[] {
  const { rate, control, treatment, looks, alternative, from } = peeking;
  const limit = limits(peeking);
  return Array.from({ length: experiments }, () => {
    let [x, y] = [0, 0];
    let [nextX, nextY] = [gap(random, rate), gap(random, rate)];
    for (let look = 1; look <= looks; look++) {
      const [n, m] = [look * control, look * treatment];
      for (; nextX <= n; x++) nextX += gap(random, rate);
      for (; nextY <= m; y++) nextY += gap(random, rate);
      if (Math.min(x, y, n - x, m - y) < Math.max(1, from)) continue;
      const [p, q] = [x / n, y / m];
      const z = (q - p) / Math.sqrt((p * (1 - p)) / n + (q * (1 - q)) / m);
      const seen = alternative === "two-sided" ? Math.abs(z) : alternative === "less" ? -z : z;
      if (seen > limit[look]!) return look;
    }
    return Infinity;
  });
}

/** What the statistic has to pass at each look. */
function limits({ method, alternative, alpha, control, tightestN, looks }: Peeking): Float64Array {
  if (method === "fixed") {
    const limit = normalUpperQuantile(alternative === "two-sided" ? alpha / 2 : alpha);
    return new Float64Array(looks + 1).fill(limit);
  }
  const mixture = mixtureOf(method, alternative);
  const perLook = mixture.tightestRatio(alpha) * (control / tightestN);
  return Float64Array.from({ length: looks + 1 }, (_, look) =>
    mixtureCriticalValue(mixture, perLook * look, alpha),
  );
}
