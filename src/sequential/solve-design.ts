import { DomainError } from "../core/domain-error.ts";
import { extremesAfter } from "../numerics/looks-of-walk.ts";
import { nearLineRoot } from "../numerics/near-line-root.ts";
import { normalQuantile, normalUpperQuantile } from "../numerics/normal.ts";
import { sumOf } from "../numerics/sum.ts";
import { upperExit } from "../numerics/look-exits.ts";
import {
  type BoundaryRules,
  type DesignFrame,
  type DesignWalk,
  designWalk,
  missProbability,
  outcomes,
} from "./design-walk.ts";
import { innerBoundary, lowerBoundary, upperBoundary } from "./error-boundary.ts";

/** How the efficacy boundaries share the type I error out. */
export type EfficacyPlan =
  /** The error of one tail that is spent at each look. */
  | { readonly kind: "spending"; readonly stageErrors: readonly number[] }
  /** A shape, times the constant that spends all of the error. */
  | { readonly kind: "shape"; readonly shape: readonly number[] }
  /** A fixed early boundary, and a last one that spends the rest. */
  | { readonly kind: "fixed-early"; readonly early: number };

/** Where the futility boundaries come from. */
export type FutilityPlan =
  | { readonly kind: "spending"; readonly stageErrors: readonly number[] }
  | { readonly kind: "given"; readonly boundaries: readonly (number | null)[] };

/** What is asked of a design. */
export interface DesignProblem {
  readonly information: readonly number[];
  readonly isTwoSided: boolean;
  readonly tailAlpha: number;
  readonly power: number;
  readonly efficacy: EfficacyPlan;
  readonly futility: FutilityPlan | null;
  readonly isBinding: boolean;
}

/** The walks that follow from a drift. */
export interface DesignWalks {
  /** The walk that holds the type I error: without futility boundaries where they do not bind. */
  readonly alphaWalk: DesignWalk;
  /** The walk with all boundaries. */
  readonly walk: DesignWalk;
}

export interface SolvedDesign extends DesignWalks {
  /** Drift at which it has its power. */
  readonly drift: number;
  /** The same of the design with one look. */
  readonly fixedDrift: number;
}

type FutilityRule = BoundaryRules["futility"];

/** The density of a walk without drift underflows where one with a larger drift would be. */
const LARGEST_DRIFT = 29;
/** Times the shape at the last look, 1, which no boundary reaches that leaves a double beyond. */
const LARGEST_CONSTANT = 1e6;
/** A boundary beyond is as good as none. */
const FARTHEST = 8;
const NO_FUTILITY: FutilityRule = () => null;

/** Finds the boundaries, and the drift at which they have the power. */
export function solveDesign(problem: DesignProblem): SolvedDesign {
  const { information, tailAlpha, power } = problem;
  const fixedDrift = normalUpperQuantile(tailAlpha) + normalQuantile(power);
  if (information.length === 1) return { ...walksAt(problem, fixedDrift), drift: fixedDrift, fixedDrift };
  // Without futility one walk answers for all drifts, which lie far out only where some look cannot reject.
  const furthestDrift = hasOpenLook(problem) ? LARGEST_DRIFT : 2 * fixedDrift;
  const alphaWalk = problem.isBinding ? null : solveEfficacy(problem, NO_FUTILITY, furthestDrift);
  const walkAt = (drift: number): DesignWalk => walksWith(alphaWalk, problem, drift).walk;
  const drift = driftFor(power, walkAt, fixedDrift);
  return { ...walksWith(alphaWalk, problem, drift), drift, fixedDrift };
}

function hasOpenLook({ efficacy }: DesignProblem): boolean {
  return (
    efficacy.kind === "spending" &&
    efficacy.stageErrors.some((error) => normalUpperQuantile(error) > FARTHEST)
  );
}

/** The boundaries where futility is judged under a drift that is known. */
export function walksAt(problem: DesignProblem, drift: number): DesignWalks {
  return walksWith(problem.isBinding ? null : solveEfficacy(problem, NO_FUTILITY, drift), problem, drift);
}

/** The same from the walk that holds the type I error, where that does not hang on futility. */
function walksWith(alphaWalk: DesignWalk | null, problem: DesignProblem, drift: number): DesignWalks {
  if (alphaWalk === null) {
    const walk = solveEfficacy(problem, futilityRule(problem, drift), drift);
    return { alphaWalk: walk, walk };
  }
  if (problem.futility === null) return { alphaWalk, walk: alphaWalk };
  const walk = designWalk(frame(problem, alphaWalk.efficacy, drift), {
    efficacy: (k) => alphaWalk.efficacy[k]!,
    futility: futilityRule(problem, drift),
  });
  return { alphaWalk, walk };
}

/** The drift at which a walk rejects with this probability. */
function driftFor(power: number, walkAt: (drift: number) => DesignWalk, fixedDrift: number): number {
  // On the scale of normal quantiles the power is nearly a line, of slope 1 where only the last look counts.
  const score = normalQuantile(power);
  const excess = (drift: number): number => powerScore(walkAt(drift), drift, power < 0.5) - score;
  const drift = nearLineRoot(excess, fixedDrift, 1, { minimum: 0, maximum: LARGEST_DRIFT });
  if (drift === null) {
    throw new DomainError(
      "power",
      power,
      `must be within reach of an expected z of ${LARGEST_DRIFT} at the end`,
    );
  }
  return drift;
}

/** The normal quantile of the power, from whichever of it and the probability of a miss is to be small. */
function powerScore(walk: DesignWalk, drift: number, isSmall: boolean): number {
  return isSmall
    ? normalQuantile(Math.min(1, sumOf(outcomes(walk, drift).map(({ rejection }) => rejection))))
    : normalUpperQuantile(Math.min(1, missProbability(walk, drift)));
}

function futilityRule({ futility, isTwoSided }: DesignProblem, drift: number): FutilityRule {
  if (futility === null) return NO_FUTILITY;
  if (futility.kind === "given") return (k) => futility.boundaries[k]!;
  const boundary = isTwoSided ? innerBoundary : lowerBoundary;
  return (k, look) => {
    const error = futility.stageErrors[k]!;
    return error > 0 ? boundary(look, error, drift) : null;
  };
}

/** The walk whose efficacy boundaries hold the type I error under a rule of futility. */
function solveEfficacy(problem: DesignProblem, futility: FutilityRule, highestDrift: number): DesignWalk {
  const { information, tailAlpha, efficacy } = problem;
  const last = information.length - 1;
  if (last === 0 || efficacy.kind === "spending") {
    const stageErrors = last === 0 || efficacy.kind !== "spending" ? [tailAlpha] : efficacy.stageErrors;
    return designWalk(frame(problem, stageErrors.map(normalUpperQuantile), highestDrift), {
      efficacy: (k, look) => upperBoundary(look, stageErrors[k]!),
      futility,
    });
  }
  if (efficacy.kind === "fixed-early") {
    const { early } = efficacy;
    return designWalk(frame(problem, [...information.slice(1).map(() => early), FARTHEST], highestDrift), {
      efficacy: (k, look, spent) => (k < last ? early : upperBoundary(look, tailAlpha - spent)),
      futility,
    });
  }
  const { shape } = efficacy;
  const walkFor = (constant: number): DesignWalk => {
    const boundaries = shape.map((factor) => constant * factor);
    return designWalk(frame(problem, boundaries, highestDrift), {
      efficacy: (k) => boundaries[k]!,
      futility,
    });
  };
  const score = normalUpperQuantile(tailAlpha);
  const excess = (constant: number): number => {
    const { looks, efficacy: boundaries } = walkFor(constant);
    return normalUpperQuantile(sumOf(looks.map((look, k) => upperExit(look, boundaries[k]!)))) - score;
  };
  // What the lowest boundary alone would need, and nearly the slope.
  const lowest = Math.min(...shape);
  const constant = nearLineRoot(excess, score / lowest, lowest, { maximum: LARGEST_CONSTANT });
  if (constant === null)
    throw new DomainError("futility.binding", true, "must leave enough to spend alpha on");
  return walkFor(constant);
}

/** The frame of a walk whose efficacy boundaries lie at or below those given. */
function frame(problem: DesignProblem, highest: readonly number[], highestDrift: number): DesignFrame {
  const { information, isTwoSided, futility } = problem;
  const lowest = information.map((_, k) => {
    if (isTwoSided) return -highest[k]!;
    if (futility === null || k === information.length - 1) return -Infinity;
    return futility.kind === "given"
      ? (futility.boundaries[k] ?? -Infinity)
      : normalQuantile(futility.stageErrors[k]!);
  });
  return {
    information,
    isTwoSided,
    highestDrift,
    ahead: extremesAfter(highest.map((upper, k) => [lowest[k]!, upper])),
  };
}
