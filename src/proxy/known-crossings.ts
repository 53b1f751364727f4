import type { BrownianLook } from "../numerics/brownian-look.ts";
import { exitProbabilities } from "../numerics/exit-probabilities.ts";
import { gaussLegendre } from "../numerics/gauss-legendre.ts";
import { exitDensity, upperExit } from "../numerics/look-exits.ts";
import { looksOfWalk } from "../numerics/looks-of-walk.ts";
import { normalCdf } from "../numerics/normal.ts";
import type { AssistedCrossings } from "./assisted-crossings.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";

/**
 * Crossings of one known effect distribution, without simulation.
 *
 * The posterior mean of each look stands on all that was known before, so it is a martingale: over the population of
 * changes a Brownian motion from μ, seen at times τ² R². Given the true effect it moves as the macro estimate of as many
 * units as all is worth: in J = n_eq / k, a Brownian motion whose drift is the standardised effect.
 *
 * @param worth - J at each look, macro-equivalent units over k = Ω_yy/τ²; never falling
 */
export function knownCrossings(
  { meanMacro, tauMacro }: CompleteEffectNode,
  worth: readonly number[],
  criticalValue: number,
): AssistedCrossings {
  const start = meanMacro / tauMacro;
  const nowhere = worth.map(() => 0);
  // A look without information ships by the mean alone.
  if (worth[0] === 0 && start > criticalValue) {
    const atOnce = nowhere.with(0, 1);
    return { falseShips: atOnce, ships: atOnce, gain: meanMacro, wrongShips: normalCdf(-start) };
  }
  const steps = informativeLooks(worth);
  const informative = steps.map((look) => worth[look]!);
  const spread = (values: readonly number[]): number[] => {
    const all = [...nowhere];
    values.forEach((value, step) => (all[steps[step]!] = value));
    return all;
  };

  const given = exitProbabilities(
    {
      information: informative,
      lower: informative.map(() => -Infinity),
      upper: informative.map((j) => (criticalValue * Math.sqrt(1 + j) - start * (1 + j)) / Math.sqrt(j)),
    },
    -start,
  );
  const shares = informative.map((j) => j / (1 + j));
  const bounds = informative.map(
    (j, step) => (criticalValue / Math.sqrt(1 + j) - start) / Math.sqrt(shares[step]!),
  );
  const looks = looksOfWalk(
    {
      information: shares,
      regions: hopeless(shares, bounds).map((lower, step) => [{ lower, upper: bounds[step]! }]),
    },
    {},
  );
  let gain = 0;
  let wrongShips = 0;
  looks.forEach((look, step) => {
    const root = Math.sqrt(shares[step]!);
    const left = 1 / Math.sqrt(1 + informative[step]!);
    const [mean, losing] = overExits(look, bounds[step]!, left / root, (z) => {
      const standardised = start + root * z;
      return [standardised, normalCdf(-standardised / left)];
    });
    gain += tauMacro * mean;
    wrongShips += losing;
  });
  return {
    falseShips: spread(given.upper),
    ships: spread(looks.map((look, step) => upperExit(look, bounds[step]!))),
    gain,
    wrongShips,
  };
}

/** Looks at which something was learned since the one before; the others decide as that did. */
function informativeLooks(worth: readonly number[]): number[] {
  const looks: number[] = [];
  let known = 0;
  worth.forEach((j, look) => {
    if (!(j > known * (1 + LEAST_STEP))) return;
    looks.push(look);
    known = j;
  });
  return looks;
}

/** Less than this part more information is rounding. */
const LEAST_STEP = 1e-9;

/**
 * For each look the z below which no later boundary is reached: there the walk need not be followed, however small its
 * steps. The path to a far boundary is straight, and no farther from it than its own distance in standard deviations.
 */
function hopeless(information: readonly number[], bounds: readonly number[]): number[] {
  const lower: number[] = [];
  let lowest = Infinity;
  let farthest = 0;
  for (let step = bounds.length - 1; step >= 0; step--) {
    const root = Math.sqrt(information[step]!);
    const ahead = Math.sqrt(information.at(-1)! - information[step]!);
    lower[step] = Math.min(bounds[step]!, (lowest - (REACH + farthest) * ahead) / root);
    lowest = Math.min(lowest, bounds[step]! * root);
    farthest = Math.max(farthest, bounds[step]!);
  }
  return lower;
}

/**
 * Integrals of two functions of z over the walks that leave above a boundary at this look. The functions change over
 * `scale` near the boundary, and the density over the last step: panels begin short and grow.
 */
function overExits(
  look: BrownianLook,
  boundary: number,
  scale: number,
  f: (z: number) => readonly [number, number],
): readonly [number, number] {
  const root = Math.sqrt(look.information);
  const width = Math.sqrt(look.information - look.previousInformation) / root;
  const lowest = (look.points[0] ?? 0) / root;
  const highest = (look.points.at(-1) ?? 0) / root;
  const end = Math.max(boundary, highest) + REACH * width;
  let from = Math.max(boundary, lowest - REACH * width);
  let length = PANEL * Math.min(scale, width);
  let [first, second] = [0, 0];
  while (from < end) {
    const half = 0.5 * Math.min(length, end - from);
    for (let i = 0; i < RULE.nodes.length; i++) {
      const z = from + half * (1 + RULE.nodes[i]!);
      const mass = half * RULE.weights[i]! * exitDensity(look, z);
      const [a, b] = f(z);
      first += mass * a;
      second += mass * b;
    }
    from += 2 * half;
    length = Math.min(2 * length, PANEL * width);
  }
  return [first, second];
}

/** In standard deviations of the last step: where nothing is left. */
const REACH = 9;
/** What a rule of 16 nodes covers, in standard deviations of a normal density. */
const PANEL = 3;
const RULE = /* @__PURE__ */ gaussLegendre(16);
