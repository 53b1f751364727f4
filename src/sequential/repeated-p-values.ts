import { once } from "../core/once.ts";
import { findRoot } from "../numerics/find-root.ts";
import { reachProbability, upperExit } from "../numerics/look-exits.ts";
import { looksOfWalk } from "../numerics/looks-of-walk.ts";
import { nearLineRoot } from "../numerics/near-line-root.ts";
import { normalSf, normalUpperQuantile } from "../numerics/normal.ts";
import { sumOf } from "../numerics/sum.ts";
import { cumulativeErrors, type DesignRules, tailsOf } from "./actual-boundaries.ts";
import { stageErrors } from "./cumulative-errors.ts";
import type { DesignWalk } from "./design-walk.ts";
import { walksAt } from "./solve-design.ts";
import { isSpendingFunction } from "./spending.ts";

/** The same design at every alpha, which falls in `strictness`. */
interface DesignFamily {
  /** What one tail spends at each look. */
  readonly stageErrors: (strictness: number) => readonly number[];
  /** What it spends in all. */
  readonly total: (strictness: number) => number;
  /** The same, or where alpha is about as large as it may be if it would be larger. */
  readonly strictEnough: (strictness: number) => number;
  /** The strictness at which z would be about critical at look k. */
  readonly start: (k: number, z: number) => number;
}

/** The boundaries of all looks up to some look, at a strictness. */
interface TriedBoundaries {
  readonly strictness: number;
  readonly boundaries: readonly number[];
}

/** What a larger alpha leaves unspent loses its digits: such a p-value is called 1. */
const LARGEST_ALPHA = 0.9999;
/** The smallest double with all its digits: less is not spent. */
const SMALLEST_ERROR = 2.3e-308;
/** The last boundary tried is as close to z where z is critical at all. */
const CLOSE = 1e-4;
/** Boundaries farther out spend next to the smallest double, or nothing. */
const FARTHEST = 37;

/**
 * The smallest alpha at which a design would reject at each look, for z counted towards the alternative (of a two-sided
 * design |z|); null where its boundary there is the same for every alpha.
 *
 * Jennison and Turnbull (2000), section 9.5.
 *
 * @param walk the one that holds the type I error: its boundaries of futility stay as they are
 */
export function repeatedPValues(
  design: DesignRules,
  walk: DesignWalk,
  zs: readonly number[],
): (number | null)[] {
  const tails = tailsOf(design);
  if (design.spending === "haybittle-peto" && design.looks.length > 1) {
    const last = walk.looks.length - 1;
    return zs.map((z, k) => (k === last ? Math.min(1, tails * lastError(walk, z)) : null));
  }
  const family = familyOf(
    design,
    walk.looks.map(({ information }) => information),
  );
  // From the last look back: whatever is tried there also has the boundaries of the looks before, to start from.
  const tried: TriedBoundaries[] = [];
  const pValues = zs.toReversed().map((z, i) => {
    const k = zs.length - 1 - i;
    // The futility boundary stays where it is, so that no alpha rejects at or below it.
    if (z <= (walk.futility[k] ?? -Infinity)) return 1;
    const root = criticalStrictness(family, walk, k, Math.min(z, FARTHEST), tried);
    return root < family.strictEnough(root) ? 1 : Math.min(1, tails * family.total(root));
  });
  return pValues.toReversed();
}

/** The strictness at which z is critical at look k; anything below the laxest one where there is none. */
function criticalStrictness(
  { strictEnough, start, stageErrors: errors }: DesignFamily,
  walk: DesignWalk,
  k: number,
  z: number,
  tried: TriedBoundaries[],
): number {
  // On the z scale the boundary is nearly a line in the strictness; below the laxest it is taken for one.
  const excess = (strictness: number): number => {
    const most = strictEnough(strictness);
    const boundaries = boundariesWith(walk, errors(most).slice(0, k + 1));
    tried.push({ strictness: most, boundaries });
    return boundaries[k]! - z + (strictness - most);
  };
  const { guess, slope } = lineThrough(tried, k, z) ?? { guess: start(k, z), slope: 1 };
  const root = nearLineRoot(excess, strictEnough(guess), slope, { settled: SETTLED }) ?? -Infinity;
  // Where the search ended at boundaries that meet before look k, z is critical nowhere.
  const isMet = tried.some(({ boundaries }) => Math.abs(boundaries[k]! - z) < CLOSE);
  return isMet ? root : -Infinity;
}

/** Product of the last two steps towards a strictness: the boundaries bend by less than they rise. */
const SETTLED = 1e-15;

/** The line through the two boundaries of look k that are nearest to z, and where it passes z. */
function lineThrough(
  tried: readonly TriedBoundaries[],
  k: number,
  z: number,
): { readonly guess: number; readonly slope: number } | null {
  const distance = ({ boundaries }: TriedBoundaries): number => Math.abs(boundaries[k]! - z);
  const [nearest, second] = tried.toSorted((a, b) => distance(a) - distance(b));
  if (nearest === undefined || second === undefined) return null;
  const slope = (second.boundaries[k]! - nearest.boundaries[k]!) / (second.strictness - nearest.strictness);
  if (!(slope > 0 && slope < Infinity)) return null;
  return { guess: nearest.strictness + (z - nearest.boundaries[k]!) / slope, slope };
}

/** The boundaries of the first looks where one tail spends so much at each. */
function boundariesWith(
  { looks, isTwoSided, futility }: DesignWalk,
  errors: readonly number[],
): readonly number[] {
  const information = looks.slice(0, errors.length).map((look) => look.information);
  const tailAlpha = sumOf(errors);
  if (tailAlpha < SMALLEST_ERROR) return information.map(() => Infinity);
  const { alphaWalk } = walksAt(
    {
      information,
      isTwoSided,
      tailAlpha,
      power: 0.5,
      efficacy: { kind: "spending", stageErrors: errors },
      futility: { kind: "given", boundaries: futility.slice(0, errors.length - 1) },
      isBinding: true,
    },
    0,
  );
  // A walk that has stopped before a look is left with nothing to spend there, at however low a boundary.
  return alphaWalk.efficacy.map((boundary, k) =>
    reachProbability(alphaWalk.looks[k]!) > errors[k]! ? boundary : -Infinity,
  );
}

/** Error of one tail with the last boundary at z and the early ones as they are. */
function lastError({ looks, efficacy }: DesignWalk, z: number): number {
  const last = looks.length - 1;
  return sumOf(looks.map((look, k) => upperExit(look, k < last ? efficacy[k]! : z)));
}

function familyOf(design: DesignRules, information: readonly number[]): DesignFamily {
  const { spending, looks } = design;
  const tails = tailsOf(design);
  if (looks.length === 1 || spending === "user-defined" || isSpendingFunction(spending)) {
    return {
      stageErrors: (strictness) => stageErrors(cumulativeErrors(design, information, normalSf(strictness))),
      total: normalSf,
      strictEnough: (strictness) => Math.max(strictness, normalUpperQuantile(LARGEST_ALPHA / tails)),
      start: (_, z) => z,
    };
  }
  // All boundaries of a shape are one constant times those planned; here it is the last one.
  const last = looks.at(-1)!.efficacy;
  // The same strictness is asked about several times in a row.
  const planned = lastAnswer((strictness) => shapeErrors(design, strictness / last));
  const total = (strictness: number): number => sumOf(planned(strictness));
  const laxest = once(() =>
    findRoot((strictness) => LARGEST_ALPHA - tails * total(strictness), TOO_LAX[tails], STRICT, {
      tolerance: LAXEST_TOLERANCE,
    }),
  );
  return {
    stageErrors(strictness) {
      const errors = planned(strictness);
      return information.map((_, k) => (k < information.length - 1 ? errors[k]! : sumOf(errors.slice(k))));
    },
    total,
    strictEnough(strictness) {
      // Most strictnesses that are asked about are well above the laxest one, which takes a search to find.
      if (strictness > TOO_LAX[tails] && tails * total(strictness) <= LARGEST_ALPHA) return strictness;
      return Math.max(strictness, laxest());
    },
    start: (k, z) => (z * last) / looks[k]!.efficacy,
  };
}

/** The last look alone has a larger alpha at a boundary so low, by the number of tails. */
const TOO_LAX = { 1: -4, 2: 1e-4 };
/** With so high a boundary at the last look no shape has early ones low enough for an alpha near 1. */
const STRICT = 40;
/** It need not be known to a digit where p-values are called 1. */
const LAXEST_TOLERANCE = 1e-3;

/** What one tail spends at each planned look, with boundaries so many times as high. */
function shapeErrors({ looks, alternative, futility }: DesignRules, factor: number): number[] {
  const upper = looks.map(({ efficacy }) => factor * efficacy);
  const lower = upper.map((boundary, k) => {
    if (alternative === "two-sided") return -boundary;
    return futility?.binding === true ? Math.min(boundary, looks[k]!.futility ?? -Infinity) : -Infinity;
  });
  const information = looks.map((look) => look.information);
  const regions = upper.map((boundary, k) => [{ lower: lower[k]!, upper: boundary }]);
  return looksOfWalk({ information, regions }, { drift: 0 }).map((look, k) => upperExit(look, upper[k]!));
}

/** A function that keeps its last answer. */
function lastAnswer<T>(f: (x: number) => T): (x: number) => T {
  let last: { readonly x: number; readonly answer: T } | null = null;
  return (x) => (last?.x === x ? last : (last = { x, answer: f(x) })).answer;
}
