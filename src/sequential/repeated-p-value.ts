import { upperExit } from "../numerics/look-exits.ts";
import { exitProbabilities } from "../numerics/exit-probabilities.ts";
import { nearLineRoot } from "../numerics/near-line-root.ts";
import { normalSf } from "../numerics/normal.ts";
import { sumOf } from "../numerics/sum.ts";
import { cumulativeErrors, type DesignRules, tailsOf } from "./actual-boundaries.ts";
import { stageErrors } from "./cumulative-errors.ts";
import type { DesignWalk } from "./design-walk.ts";
import { walksAt } from "./solve-design.ts";
import { isSpendingFunction } from "./spending.ts";

/** The same design at every alpha: what one tail spends by each look, falling in `strictness`. */
interface DesignFamily {
  /** The strictness at which z would be about critical at look k. */
  readonly start: (k: number, z: number) => number;
  readonly cumulative: (strictness: number) => readonly number[];
  /** What one tail spends in all. */
  readonly total: (strictness: number) => number;
}

/** Below these alpha is above 0.9999, and what it leaves unspent loses its digits: such a p-value is called 1. */
const LAXEST = { 1: -3.7, 2: 1e-4 };
/** The smallest double with all its digits: less is not spent. */
const SMALLEST_ERROR = 2.3e-308;
/**
 * The smallest alpha at which a design would reject at look k, for z counted towards the alternative (of a two-sided
 * design |z|); null where its boundary there is the same for every alpha.
 *
 * Jennison and Turnbull (2000), section 9.5.
 *
 * @param walk the one that holds the type I error: its boundaries of futility stay as they are
 */
export function repeatedPValue(design: DesignRules, walk: DesignWalk, k: number, z: number): number | null {
  const tails = tailsOf(design);
  if (design.spending === "haybittle-peto" && design.looks.length > 1) {
    return k === walk.looks.length - 1 ? Math.min(1, tails * lastError(walk, z)) : null;
  }
  const family = familyOf(
    design,
    walk.looks.map(({ information }) => information),
  );
  const laxest = LAXEST[tails];
  // On the z scale the boundary is nearly a line in the strictness; below the laxest it is taken for one.
  const excess = (strictness: number): number => {
    const tried = Math.max(laxest, strictness);
    return boundaryWith(walk, k, family.cumulative(tried).slice(0, k + 1)) - z + (strictness - tried);
  };
  const root = nearLineRoot(excess, Math.max(laxest, family.start(k, z)), 1);
  return root === null || root < laxest ? 1 : Math.min(1, tails * family.total(root));
}

/** The boundary of look k where one tail has spent so much by each look up to it. */
function boundaryWith(
  { looks, isTwoSided, futility }: DesignWalk,
  k: number,
  cumulative: readonly number[],
): number {
  if (cumulative[k]! < SMALLEST_ERROR) return Infinity;
  const { alphaWalk } = walksAt(
    {
      information: looks.slice(0, k + 1).map(({ information }) => information),
      isTwoSided,
      tailAlpha: cumulative[k]!,
      power: 0.5,
      efficacy: { kind: "spending", stageErrors: stageErrors(cumulative) },
      futility: { kind: "given", boundaries: futility.slice(0, k) },
      isBinding: true,
    },
    0,
  );
  return alphaWalk.efficacy[k]!;
}

/** Error of one tail with the last boundary at z and the early ones as they are. */
function lastError({ looks, efficacy }: DesignWalk, z: number): number {
  const last = looks.length - 1;
  return sumOf(looks.map((look, k) => upperExit(look, k < last ? efficacy[k]! : z)));
}

function familyOf(design: DesignRules, information: readonly number[]): DesignFamily {
  const { spending, looks } = design;
  if (looks.length === 1 || spending === "user-defined" || isSpendingFunction(spending)) {
    return {
      start: (_, z) => z,
      cumulative: (strictness) => cumulativeErrors(design, information, normalSf(strictness)),
      total: normalSf,
    };
  }
  // All boundaries of a shape are one constant times those planned; here it is the last one.
  const last = looks.at(-1)!.efficacy;
  const spent = (strictness: number): number[] => shapeErrors(design, strictness / last);
  return {
    start: (k, z) => (z * last) / looks[k]!.efficacy,
    cumulative(strictness) {
      const planned = spent(strictness);
      return information.map((_, k) => (k === information.length - 1 ? planned.at(-1)! : planned[k]!));
    },
    total: (strictness) => spent(strictness).at(-1)!,
  };
}

/** What one tail has spent by each planned look, with boundaries so many times as high. */
function shapeErrors({ looks, alternative, futility }: DesignRules, factor: number): number[] {
  const upper = looks.map(({ efficacy }) => factor * efficacy);
  const lower = upper.map((boundary, k) => {
    if (alternative === "two-sided") return -boundary;
    return futility?.binding === true ? Math.min(boundary, looks[k]!.futility ?? -Infinity) : -Infinity;
  });
  const information = looks.map((look) => look.information);
  let spent = 0;
  return exitProbabilities({ information, lower, upper }, 0).upper.map((error) => (spent += error));
}
