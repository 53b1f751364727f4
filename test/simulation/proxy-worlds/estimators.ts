import { createRandom } from "../../../src/numerics/random.ts";
import { covariancePosterior } from "../../../src/proxy/covariance-posterior.ts";
import { rhoMarginal } from "../../../src/proxy/covariance-marginals.ts";
import { jackknifeCovariance, totalCovariance } from "../../../src/proxy/moment-covariance.ts";
import { readMarginal } from "../../../src/proxy/posterior-reading.ts";
import { profileEffectCovariance } from "../../../src/proxy/profile-effect-covariance.ts";
import { randomEffectsFit } from "../../../src/proxy/random-effects-fit.ts";
import { drawPast, WORLD_PRIOR, type World } from "../../support/effect-worlds.ts";

export const ESTIMATORS = ["total covariance", "jackknife", "ml", "reml", "posterior"] as const;

/** How an estimator of rho does over many pasts. */
export interface EstimatorReading {
  /** Quartiles of the estimates, one that does not exist counted at 0. */
  readonly quartiles: readonly [number, number, number];
  /** Share of pasts in which there is no estimate, or none in [−1, 1]. */
  readonly unusable: number;
  /** Share of pasts whose 95 % interval holds the true rho; where there is no interval, nothing is ruled out. */
  readonly coverage: number;
}

interface Found {
  readonly rho: number | null;
  readonly covers: boolean;
}

export function estimatorReadings(
  world: World,
  experiments: number,
  n: number,
  replicates: number,
): Record<(typeof ESTIMATORS)[number], EstimatorReading> {
  const random = createRandom(experiments * 7 + n);
  const found: Record<string, Found[]> = {};
  for (let i = 0; i < replicates; i++) {
    const all = estimatesFrom(drawPast(random, world, experiments, n), world.rho);
    for (const name of ESTIMATORS) (found[name] ??= []).push(all[name]);
  }
  return Object.fromEntries(ESTIMATORS.map((name) => [name, read(found[name]!)])) as Record<
    (typeof ESTIMATORS)[number],
    EstimatorReading
  >;
}

/** z(1 − 0.05/2). */
const CRITICAL = 1.959963984540054;

function estimatesFrom(
  past: ReturnType<typeof drawPast>,
  truth: number,
): Record<(typeof ESTIMATORS)[number], Found> {
  const [moments] = totalCovariance(past).relations;
  const [raw] = jackknifeCovariance(past).relations;
  const within = (lower: number, upper: number): boolean => lower <= truth && truth <= upper;
  const likelihood = (kind: "ml" | "reml"): Found => {
    const { rho } = profileEffectCovariance(past, randomEffectsFit(past, kind)).pairs[0]!;
    return { rho: rho.estimate, covers: within(rho.interval.lower, rho.interval.upper) };
  };
  const moment = ({ rho, rhoStandardError }: NonNullable<typeof moments>): Found => {
    const width = rhoStandardError === null ? Infinity : CRITICAL * rhoStandardError;
    return { rho, covers: rho === null || within(rho - width, rho + width) };
  };
  const { median, interval } = readMarginal(rhoMarginal(covariancePosterior(past, WORLD_PRIOR)), 0.95);
  return {
    "total covariance": moment(moments!),
    jackknife: moment(raw!),
    ml: likelihood("ml"),
    reml: likelihood("reml"),
    posterior: { rho: median, covers: within(interval.lower, interval.upper) },
  };
}

function read(found: readonly Found[]): EstimatorReading {
  const sorted = found.map(({ rho }) => rho ?? 0).toSorted((a, b) => a - b);
  const quantile = (p: number): number => sorted[Math.round(p * (sorted.length - 1))]!;
  const shareOf = (f: (own: Found) => boolean): number => found.filter(f).length / found.length;
  return {
    quartiles: [quantile(0.25), quantile(0.5), quantile(0.75)],
    unusable: shareOf(({ rho }) => rho === null || Math.abs(rho) > 1),
    coverage: shareOf(({ covers }) => covers),
  };
}
