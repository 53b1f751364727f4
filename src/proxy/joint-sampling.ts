import { harmonicMean } from "../models/harmonic-mean.ts";
import { withinOne } from "../numerics/within-one.ts";
import type { JointCounts } from "../summaries/joint-counts.ts";
import { jointN, macroProportion, microProportion } from "../summaries/joint-counts.ts";
import type { EffectScale } from "./effect-covariance.ts";

/** Sampling covariance of the two effect estimates of one experiment: variances and covariance over n. */
export interface JointSampling {
  /** Harmonic mean of the two arms' n. */
  readonly n: number;
  readonly proxy: number;
  readonly macro: number;
  readonly correlation: number;
}

/**
 * The sampling covariance of the effects on micro and macro conversion: each arm's own variance over its n, added,
 * times the harmonic mean of the two n. So it is exact over n for arms of any size, and stays what it is when an
 * experiment is split less evenly. Null where an effect has no variance: on the difference scale when no arm varies,
 * on the log-lift scale (by the delta method) when a rate is 0 as well.
 */
export function jointSampling(
  control: JointCounts,
  treatment: JointCounts,
  scale: EffectScale,
): JointSampling | null {
  const a = armCovariance(control, scale);
  const b = armCovariance(treatment, scale);
  const total = a.n + b.n;
  const add = (x: number, y: number): number => 2 * (x * (b.n / total) + y * (a.n / total));
  const proxy = add(a.proxy, b.proxy);
  const macro = add(a.macro, b.macro);
  if (!(proxy > 0 && proxy < Infinity && macro > 0 && macro < Infinity)) return null;
  const correlation = add(a.covariance, b.covariance) / Math.sqrt(proxy * macro);
  return { n: harmonicMean(a.n, b.n), proxy, macro, correlation: withinOne(correlation) };
}

/** One arm's part of the sampling covariance, times its n. */
export interface ArmCovariance {
  readonly n: number;
  readonly proxy: number;
  readonly macro: number;
  readonly covariance: number;
}

/** Covariance of the two estimates of one arm, times its n; infinite or NaN on the log-lift scale where a rate is 0. */
export function armCovariance(table: JointCounts, scale: EffectScale): ArmCovariance {
  const n = jointN(table);
  const micro = microProportion(table).conversions / n;
  const macro = macroProportion(table).conversions / n;
  const withoutMicro = (table.neither + table.macroOnly) / n;
  const withoutMacro = (table.neither + table.microOnly) / n;
  // As a determinant, and not as a joint rate less a product of rates, which would cancel.
  const covariance = (table.both / n) * (table.neither / n) - (table.microOnly / n) * (table.macroOnly / n);
  return scale === "log-lift"
    ? {
        n,
        proxy: withoutMicro / micro,
        macro: withoutMacro / macro,
        covariance: covariance / (micro * macro),
      }
    : { n, proxy: micro * withoutMicro, macro: macro * withoutMacro, covariance };
}
