import { maximizeInBox, type Curved } from "../numerics/maximize-in-box.ts";
import type { NormalGuess } from "../numerics/importance-draws.ts";
import { identity, type Vector } from "../numerics/matrix.ts";
import { numericalCurve } from "../numerics/numerical-curve.ts";
import { symmetricEigen } from "../numerics/symmetric-eigen.ts";
import { correlationChart, partialCoordinate, pointOfCovariance } from "./correlation-chart.ts";
import type { EffectTable } from "./effect-table.ts";
import type { JointCovariancePrior } from "./joint-covariance-prior.ts";
import type { PriorScores } from "./prior-scores.ts";
import { randomEffectsFit } from "./random-effects-fit.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";

/**
 * Where the posterior of a joint covariance may have its mass, in prior scores: around its modes, which Newton's method
 * finds with some hundreds of values; where a metric's true effects are too small to be seen, so that the past says
 * nothing of its correlations; and all over the prior.
 */
export function jointCovarianceGuesses(
  logDensity: (scores: Vector) => number,
  scoresOf: PriorScores["scoresOf"],
  table: EffectTable,
  prior: JointCovariancePrior,
): readonly NormalGuess[] {
  const starts = startingPoints(table, prior).map(scoresOf);
  const modes = worthwhile(starts.map((start) => laplace(logDensity, start)));
  const { size } = correlationChart(table.metrics);
  const logUnseen = unseenDeviations(table, prior);
  const unseen = scoresOf(Array.from({ length: size }, (_, i) => logUnseen[i] ?? 0));
  const hidden = logUnseen.map((_, metric) => withHidden(modes[0]!, table.metrics, metric, unseen[metric]!));
  return [...modes, ...hidden, { centre: starts[0]!.map(() => 0), covariance: identity(size) }];
}

/** A guess with one metric's deviation below what can be seen, and its correlations as they are beforehand. */
function withHidden(
  { centre, covariance }: NormalGuess,
  metrics: number,
  metric: number,
  unseen: number,
): NormalGuess {
  const isFree = centre.map(() => false);
  for (let i = 0; i < metrics - 1; i++) {
    for (let given = 0; given <= i; given++) {
      // The macro metric comes first in the chart, and then the proxies in their order.
      const other = given === 0 ? metrics - 1 : given - 1;
      isFree[partialCoordinate(metrics, i, given)] = i === metric || other === metric;
    }
  }
  const isApart = (i: number): boolean => isFree[i]! || i === metric;
  return {
    centre: centre.map((middle, i) => (i === metric ? Math.min(middle, unseen) : isFree[i]! ? 0 : middle)),
    covariance: covariance.map((row, i) =>
      row.map((entry, j) => {
        if (!isApart(i) && !isApart(j)) return entry;
        if (i !== j) return 0;
        return i === metric ? HIDDEN_VARIANCE : 1;
      }),
    ),
  };
}

/** Of the score of a deviation that cannot be seen: somewhat less than beforehand. */
const HIDDEN_VARIANCE = 0.4;

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
const LEAST_LOG_MASS = ln(100);

interface LaplaceGuess extends NormalGuess {
  /** ln of the integral of a normal peak of this height and width, up to a constant. */
  readonly logMass: number;
}

/** A mode and the inverse curvature there, as a guess of where the posterior lies. */
function laplace(logDensity: (x: Vector) => number, start: Vector): LaplaceGuess {
  const curve = (x: Vector): Curved => numericalCurve(logDensity, x);
  const box = { lower: start.map((x) => x - REACH), upper: start.map((x) => x + REACH) };
  const { at, value, hessian } = maximizeInBox(curve, start, box, ENOUGH);
  // Directions that are flat, or not concave, get the width of the prior.
  const { values, vectors } = symmetricEigen(hessian);
  const variances = values.map((bend) => Math.min(WIDEST_DEVIATION ** 2, bend < 0 ? -1 / bend : Infinity));
  const covariance = start.map((_, i) =>
    start.map((__, j) =>
      variances.reduce((sum, variance, k) => sum + variance * vectors[k]![i]! * vectors[k]![j]!, 0),
    ),
  );
  const logMass = value + 0.5 * variances.reduce((sum, variance) => sum + ln(variance), 0);
  return { centre: at, covariance, logMass };
}

/** Of a score that the past says nothing about. */
const WIDEST_DEVIATION = 1;

/** ln of standard deviations that the noise of all experiments together hides, or that are below what is typical. */
function unseenDeviations(
  { experiments, metrics, covariances }: EffectTable,
  { typicalProxyEffects, typicalMacroEffect }: JointCovariancePrior,
): number[] {
  return [...typicalProxyEffects, typicalMacroEffect].map((typical, i) => {
    let noise = 0;
    for (let k = 0; k < experiments; k++) {
      noise += covariances[(k * metrics + i) * metrics + i]! / experiments;
    }
    return ln(0.5 * Math.min(typical, Math.sqrt(noise / Math.sqrt(experiments))));
  });
}

/** From the starting point no mode is further: scores are of the order of 1. */
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
  const deviation = covariance.map((row, i) => Math.max(Math.sqrt(row[i]!), exp(unseen[i]!)));
  const { size } = correlationChart(metrics);
  const unrelated = Array.from({ length: size }, (_, i) => (i < metrics ? ln(deviation[i]!) : 0));
  const inside = Float64Array.from(
    covariance.flatMap((row, i) => row.map((entry, j) => (i === j ? deviation[i]! ** 2 : INSIDE * entry))),
  );
  const fitted = pointOfCovariance(metrics, inside);
  return fitted === null ? [unrelated] : [unrelated, fitted];
}

/** Share of a fitted covariance that is kept for a start. */
const INSIDE = 0.999;
