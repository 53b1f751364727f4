import {
  type BrownianLook,
  type ContinuationRegion,
  firstLook,
  nextLook,
  type WalkAhead,
} from "../numerics/brownian-look.ts";
import { exitBetween, lowerExit, reachProbability, upperExit } from "../numerics/look-exits.ts";

// The walk of a design, towards its alternative: efficacy lies above, and for a two-sided design also below.

/** A walk with the boundaries at which it stops. */
export interface DesignWalk {
  readonly looks: readonly BrownianLook[];
  readonly efficacy: readonly number[];
  /** Of all looks but the last; null where a look has none. Of a two-sided design the half-width of the inner wedge. */
  readonly futility: readonly (number | null)[];
  readonly isTwoSided: boolean;
}

/** How the boundaries of a walk are found, look by look. */
export interface BoundaryRules {
  readonly efficacy: (k: number, look: BrownianLook, spent: number) => number;
  readonly futility: (k: number, look: BrownianLook) => number | null;
}

export interface DesignFrame {
  readonly information: readonly number[];
  readonly isTwoSided: boolean;
  /** The largest drift that the walk will be asked about. */
  readonly highestDrift: number;
  /** The extreme boundaries that the looks after each may have. */
  readonly ahead: readonly WalkAhead[];
}

/** Walks along the looks and finds their boundaries under no drift. */
export function designWalk(
  { information, isTwoSided, highestDrift, ahead }: DesignFrame,
  rules: BoundaryRules,
): DesignWalk {
  const looks: BrownianLook[] = [];
  const efficacy: number[] = [];
  const futility: (number | null)[] = [];
  let spent = 0;
  information.forEach((now, k) => {
    const region = k === 0 ? null : continuation(efficacy[k - 1]!, futility[k - 1]!, isTwoSided);
    const look =
      region === null
        ? firstLook({ information: now, highestDrift })
        : nextLook(looks[k - 1]!, region, now, ahead[k - 1]!);
    looks.push(look);
    efficacy.push(rules.efficacy(k, look, spent));
    spent += upperExit(look, efficacy[k]!);
    if (k < information.length - 1) futility.push(withinEfficacy(rules.futility(k, look), efficacy[k]!));
  });
  return { looks, efficacy, futility, isTwoSided };
}

/** Where futility meets efficacy nothing is left to go on. */
function withinEfficacy(futility: number | null, efficacy: number): number | null {
  return futility === null ? null : Math.min(futility, efficacy);
}

/** Where a design goes on. */
export function continuation(
  efficacy: number,
  futility: number | null,
  isTwoSided: boolean,
): readonly ContinuationRegion[] {
  if (!isTwoSided) return [{ lower: futility ?? -Infinity, upper: efficacy }];
  if (futility === null) return [{ lower: -efficacy, upper: efficacy }];
  return [
    { lower: -efficacy, upper: -futility },
    { lower: futility, upper: efficacy },
  ];
}

/** What becomes of a walk at one look, not having been stopped before. */
export interface LookOutcome {
  /** P(reaches the look). */
  readonly reached: number;
  /** P(rejects there on the side of the alternative). */
  readonly rejection: number;
  /** P(rejects there on the other side); 0 of a one-sided design. */
  readonly wrongSide: number;
  /** P(stops there for futility); 0 at the last look. */
  readonly futility: number;
}

/** What becomes of a walk at each look under a drift. */
export function outcomes(walk: DesignWalk, drift: number): LookOutcome[] {
  const { looks, efficacy, futility, isTwoSided } = walk;
  return looks.map((look, k) => ({
    reached: withoutRounding(reachProbability(look, drift)),
    rejection: upperExit(look, efficacy[k]!, drift),
    wrongSide: isTwoSided ? lowerExit(look, -efficacy[k]!, drift) : 0,
    futility: futilityExit(look, futility[k] ?? null, isTwoSided, drift),
  }));
}

function futilityExit(
  look: BrownianLook,
  futility: number | null,
  isTwoSided: boolean,
  drift: number,
): number {
  if (futility === null) return 0;
  return isTwoSided ? exitBetween(look, -futility, futility, drift) : lowerExit(look, futility, drift);
}

/** P(does not reject on the side of the alternative), as a sum of its own. */
export function missProbability(walk: DesignWalk, drift: number): number {
  const { looks, efficacy, isTwoSided } = walk;
  const last = looks.length - 1;
  let sum = 0;
  looks.forEach((look, k) => {
    if (isTwoSided && k < last) sum += lowerExit(look, -efficacy[k]!, drift);
    sum += futilityExit(look, walk.futility[k] ?? null, isTwoSided, drift);
  });
  return sum + lowerExit(looks[last]!, efficacy[last]!, drift);
}

/** Expected information at the end, as a share of the last look's. */
export function expectedInformation(looks: readonly BrownianLook[], drift: number): number {
  const expected = looks.reduce(
    (sum, look) => sum + (look.information - look.previousInformation) * reachProbability(look, drift),
    0,
  );
  return withoutRounding(expected);
}

/** A sum of parts of 1 may round above it. */
function withoutRounding(share: number): number {
  return Math.min(1, share);
}
