import type { JointCounts } from "../summaries/joint-counts.ts";
import { jointN, macroProportion, microProportion } from "../summaries/joint-counts.ts";
import type { EffectScale } from "./effect-covariance.ts";

/** Sampling covariance of the two effect estimates of one experiment: each entry over n. */
export interface JointSampling {
  /** Harmonic mean of the two arms' n. */
  readonly n: number;
  readonly proxy: number;
  readonly macro: number;
  readonly covariance: number;
}

/**
 * The sampling covariance of the effects on micro and macro conversion: each arm's own variance over its n, added,
 * times the harmonic mean of the two n. So the entries over n are exact for arms of any size, and stay what they are
 * when an experiment is split less evenly. On the log-lift scale a rate of 0 gives infinite entries (delta method).
 */
export function jointSampling(
  control: JointCounts,
  treatment: JointCounts,
  scale: EffectScale,
): JointSampling {
  const a = armCovariance(control, scale);
  const b = armCovariance(treatment, scale);
  const total = a.n + b.n;
  const add = (x: number, y: number): number => 2 * (x * (b.n / total) + y * (a.n / total));
  return {
    n: 2 * a.n * (b.n / total),
    proxy: add(a.proxy, b.proxy),
    macro: add(a.macro, b.macro),
    covariance: add(a.covariance, b.covariance),
  };
}

/** Covariance of the two estimates of one arm, times its n. */
function armCovariance(table: JointCounts, scale: EffectScale): JointSampling {
  const n = jointN(table);
  const micro = microProportion(table).conversions;
  const macro = macroProportion(table).conversions;
  // As a determinant, and not as a joint rate less a product of rates, which would cancel.
  const determinant = (table.both / n) * (table.neither / n) - (table.microOnly / n) * (table.macroOnly / n);
  if (scale === "log-lift") {
    return {
      n,
      proxy: (n - micro) / micro,
      macro: (n - macro) / macro,
      covariance: determinant / ((micro / n) * (macro / n)),
    };
  }
  return {
    n,
    proxy: (micro / n) * ((n - micro) / n),
    macro: (macro / n) * ((n - macro) / n),
    covariance: determinant,
  };
}
