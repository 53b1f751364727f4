import { bracketRoot } from "../numerics/bracket-root.ts";
import { type BrownianLook, upperExit } from "../numerics/brownian-look.ts";
import { exitProbabilities } from "../numerics/exit-probabilities.ts";
import { findRoot } from "../numerics/find-root.ts";
import { normalSf, normalUpperQuantile } from "../numerics/normal.ts";
import { sumOf } from "../numerics/sum.ts";
import { cumulativeErrors, type DesignRules, tailsOf } from "./actual-boundaries.ts";
import { stageErrors } from "./cumulative-errors.ts";
import { type DesignWalk, designWalk } from "./design-walk.ts";
import { upperBoundary } from "./error-boundary.ts";
import { isSpendingFunction } from "./spending.ts";

/** The same design at every alpha: what one tail spends by each look, falling in `strictness`. */
interface DesignFamily {
  /** The strictness at which z would be about critical at look k. */
  readonly start: (k: number, z: number) => number;
  readonly cumulative: (strictness: number) => readonly number[];
  /** What one tail spends in all. */
  readonly total: (strictness: number) => number;
}

/** Normal tails beyond this are no doubles, and those below the other are 1. */
const STRICTEST = 37;
const LAXEST = -8;
/** Of a normal quantile: the p-value's relative error is some ten times as large. */
const TOLERANCE = 1e-14;

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
    const isLast = k === walk.looks.length - 1;
    return isLast ? Math.min(1, tails * errorOfRejecting(walk, (j) => walk.efficacy[j]!, k, z)) : null;
  }
  const family = familyOf(
    design,
    walk.looks.map(({ information }) => information),
  );
  // On the scale of normal quantiles both terms are nearly lines.
  const slack = (strictness: number): number => {
    const cumulative = family.cumulative(strictness);
    const allowed = cumulative[k]!;
    if (allowed === 0) return -1;
    const errors = stageErrors(cumulative);
    const needed = errorOfRejecting(walk, (j, look) => upperBoundary(look, errors[j]!), k, z);
    return normalUpperQuantile(Math.min(1, needed)) - normalUpperQuantile(allowed);
  };
  const laxest = tails === 2 ? 0 : LAXEST;
  const start = Math.min(STRICTEST - 1, Math.max(laxest + 1, family.start(k, z)));
  const bracket = bracketRoot(slack, start - 0.25, start, { minimum: laxest, maximum: STRICTEST });
  if (bracket === null) return slack(laxest) < 0 ? 1 : 0;
  return Math.min(1, tails * family.total(findRoot(slack, ...bracket, { tolerance: TOLERANCE })));
}

/** Error of one tail up to look k, were its boundary there at z. */
function errorOfRejecting(
  { looks, isTwoSided, futility }: DesignWalk,
  boundary: (j: number, look: BrownianLook) => number,
  k: number,
  z: number,
): number {
  const walk = designWalk(
    {
      information: looks.slice(0, k + 1).map(({ information }) => information),
      isTwoSided,
      highestDrift: 0,
      ahead: [],
    },
    {
      efficacy: (j, look) => (j < k ? boundary(j, look) : z),
      futility: (j) => futility[j]!,
    },
  );
  return sumOf(walk.looks.map((look, j) => upperExit(look, walk.efficacy[j]!)));
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
