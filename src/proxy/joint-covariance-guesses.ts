import { maximizeInBox, type Curved } from "../numerics/maximize-in-box.ts";
import type { NormalGuess } from "../numerics/importance-draws.ts";
import type { Vector } from "../numerics/matrix.ts";
import { numericalCurve } from "../numerics/numerical-curve.ts";
import { symmetricEigen } from "../numerics/symmetric-eigen.ts";
import { correlationChart, pointOfCovariance } from "./correlation-chart.ts";
import type { EffectTable } from "./effect-table.ts";
import type { JointCovariancePrior } from "./joint-covariance-prior.ts";
import { randomEffectsFit } from "./random-effects-fit.ts";

/**
 * Where the posterior of a joint covariance may have its peaks, found by Newton's method in the coordinates of the
 * density: some hundreds of values.
 */
export function jointCovarianceGuesses(
  logDensity: (u: Vector) => number,
  table: EffectTable,
  prior: JointCovariancePrior,
): readonly NormalGuess[] {
  return worthwhile(startingPoints(table, prior).map((start) => laplace(logDensity, start)));
}

/** The guesses that hold a part of the mass, by Laplace's approximation, that a few draws would see, each peak once. */
function worthwhile(guesses: readonly LaplaceGuess[]): readonly NormalGuess[] {
  const most = Math.max(...guesses.map(({ logMass }) => logMass));
  return guesses.filter(
    (guess, i) =>
      guess.logMass >= most - LEAST_LOG_MASS &&
      !guesses.slice(0, i).some((earlier) => isSamePeak(earlier, guess)),
  );
}

/** Searches end within a small part of a peak's width of it. */
function isSamePeak(a: NormalGuess, b: NormalGuess): boolean {
  return a.centre.every((x, i) => Math.abs(x - b.centre[i]!) < SAME * Math.sqrt(a.covariance[i]![i]!));
}

const SAME = 0.2;

/** ln of 100: a peak of less than one draw in a hundred is left to the tails of the others. */
const LEAST_LOG_MASS = Math.log(100);

interface LaplaceGuess extends NormalGuess {
  /** ln of the integral of a normal peak of this height and width, up to a constant. */
  readonly logMass: number;
}

/** A mode and the inverse curvature there, as a guess of where the posterior lies. */
function laplace(logDensity: (x: Vector) => number, start: Vector): LaplaceGuess {
  const curve = (x: Vector): Curved => numericalCurve(logDensity, x);
  const box = { lower: start.map((x) => x - REACH), upper: start.map((x) => x + REACH) };
  const { at, value, hessian } = maximizeInBox(curve, start, box, ENOUGH);
  // Directions that are flat, or not concave, get the width of a wide prior.
  const { values, vectors } = symmetricEigen(hessian);
  const variances = values.map((bend) => Math.min(WIDEST_DEVIATION ** 2, bend < 0 ? -1 / bend : Infinity));
  const covariance = start.map((_, i) =>
    start.map((__, j) =>
      variances.reduce((sum, variance, k) => sum + variance * vectors[k]![i]! * vectors[k]![j]!, 0),
    ),
  );
  const logMass = value + 0.5 * variances.reduce((sum, variance) => sum + Math.log(variance), 0);
  return { centre: at, covariance, logMass };
}

/** Of a log or an inverse hyperbolic tangent that the past says nothing about. */
const WIDEST_DEVIATION = 3;

/** ln of standard deviations that the noise of all experiments together hides, or that are below what is typical. */
export function unseenDeviations(
  { experiments, metrics, covariances }: EffectTable,
  { typicalProxyEffects, typicalMacroEffect }: JointCovariancePrior,
): number[] {
  return [...typicalProxyEffects, typicalMacroEffect].map((typical, i) => {
    let noise = 0;
    for (let k = 0; k < experiments; k++) {
      noise += covariances[(k * metrics + i) * metrics + i]! / experiments;
    }
    return Math.log(0.5 * Math.min(typical, Math.sqrt(noise / Math.sqrt(experiments))));
  });
}

/** From the starting point no mode is further: e^±12 times a standard deviation, correlations of 1 − 1e-10. */
const REACH = 12;
/** Log-density that the search for the mode may leave: it is but a guess to draw around. */
const ENOUGH = 1e-3;

/**
 * Where to look for modes: with unrelated metrics, and at the fit by restricted maximum likelihood, drawn a little from
 * the edge of what a covariance can be. A prior that is a mixture may have a mode near each.
 */
function startingPoints(table: EffectTable, prior: JointCovariancePrior): Vector[] {
  const { metrics } = table;
  const unseen = unseenDeviations(table, prior);
  const { covariance } = randomEffectsFit(table, "reml");
  const deviation = covariance.map((row, i) => Math.max(Math.sqrt(row[i]!), Math.exp(unseen[i]!)));
  const { size } = correlationChart(metrics);
  const unrelated = Array.from({ length: size }, (_, i) => (i < metrics ? Math.log(deviation[i]!) : 0));
  const inside = Float64Array.from(
    covariance.flatMap((row, i) => row.map((entry, j) => (i === j ? deviation[i]! ** 2 : INSIDE * entry))),
  );
  const fitted = pointOfCovariance(metrics, inside);
  // In coordinates that are bent where deviations are large enough to be seen by hardly anything.
  return fitted === null ? [unrelated] : [unrelated, fitted.map((x, i) => (i < metrics ? x : Math.asinh(x)))];
}

/** Share of a fitted covariance that is kept for a start. */
const INSIDE = 0.999;
