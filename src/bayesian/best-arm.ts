import { DomainError } from "../core/domain-error.ts";
import { type LogFunctions, logIntegrals } from "../numerics/log-integrals.ts";
import { logSum } from "../numerics/log-sum.ts";
import { log1mexp } from "../numerics/log1mexp.ts";
import type { Marginal } from "./marginal.ts";
import { levelShift } from "./two-marginals.ts";
import { exp } from "../numerics/elementary/exp.ts";

/** What the posteriors of several arms say of one of them. */
export interface ArmChances {
  /** ln P(its parameter is the highest of all). */
  readonly logProbabilityBest: number;
  /** E(the highest parameter − its own). */
  readonly expectedLoss: number;
  /** ln P(its parameter > the first arm's), E max(its parameter − the first arm's, 0); null for the first arm. */
  readonly againstFirst: { readonly logProbabilityToBeat: number; readonly expectedGain: number } | null;
}

// Integrals of each arm, in this order.
const BEST = 0;
const LOSS = 1;
const BEAT = 2;
const LOSE = 3;
const GAIN = 4;
const INTEGRALS = 5;

/**
 * Which of several arms has the highest parameter, and what choosing another costs. Their posteriors are independent,
 * and lie on axes of one kind.
 *
 * With density f and distribution F of each arm: P(best) of arm i is ∫ f_i Π F_j over all others j; and since a shortfall
 * adds up over every value that the arm stays below and another one exceeds, its expected loss is ∫ F_i (1 − Π F_j). All
 * integrands are positive and each is integrated to its own precision, so that nothing cancels.
 *
 * @throws {DomainError} for an arm so narrow that doubles cannot tell it from a point, where another one is as narrow
 */
export function bestArm(marginals: readonly Marginal[]): ArmChances[] {
  const origin = originOf(marginals);
  const arms = marginals.map((arm) => alongAxisOf(origin, arm));
  arms.forEach((arm, i) => {
    if (isWider(arm, NARROWEST)) return;
    const expected = "must vary enough for doubles to tell its posterior beside those of the other arms";
    throw new DomainError(`arms[${i}]`, arm.width, expected);
  });
  const hasMeans = marginals.every(({ mean }) => Number.isFinite(mean));
  const integrands = integrandsOf(arms, hasMeans ? origin.axis.logSlope : () => -Infinity);
  const logs = logIntegrals(INTEGRALS * arms.length, integrands, arms);
  const logOf = (i: number, which: number): number => logs[INTEGRALS * i + which]!;
  const amount = (i: number, which: number): number => (hasMeans ? exp(logOf(i, which)) : Infinity);
  const logBest = withComplement(arms.map((_, i) => logOf(i, BEST)));
  return arms.map((_, i) => ({
    logProbabilityBest: logBest[i]!,
    expectedLoss: amount(i, LOSS),
    againstFirst:
      i === 0
        ? null
        : {
            logProbabilityToBeat: withComplement([logOf(i, BEAT), logOf(i, LOSE)])[0]!,
            expectedGain: amount(i, GAIN),
          },
  }));
}

/** The logs of all integrands at a coordinate. Losses and gains are in units of the value, whose log slope this is. */
function integrandsOf(arms: readonly AlignedArm[], logSlope: (u: number) => number): LogFunctions {
  const k = arms.length;
  const lower = new Float64Array(k);
  // ln Π F over the arms before, and over the arms after, each one.
  const before = new Float64Array(k + 1);
  const after = new Float64Array(k + 1);
  return (u, out) => {
    for (let i = 0; i < k; i++) lower[i] = arms[i]!.logTails(u).lower;
    for (let i = 0; i < k; i++) before[i + 1] = before[i]! + lower[i]!;
    for (let i = k - 1; i >= 0; i--) after[i] = after[i + 1]! + lower[i]!;
    const slope = logSlope(u);
    const ofFirst = arms[0]!.logDensity(u);
    for (let i = 0; i < k; i++) {
      const others = before[i]! + after[i + 1]!;
      const density = i === 0 ? ofFirst : arms[i]!.logDensity(u);
      const at = INTEGRALS * i;
      out[at + BEST] = density + others;
      out[at + LOSS] = slope + lower[i]! + log1mexp(others);
      out[at + BEAT] = density + lower[0]!;
      out[at + LOSE] = ofFirst + lower[i]!;
      out[at + GAIN] = slope + lower[0]! + log1mexp(lower[i]!);
    }
  };
}

/** What the integrals need of an arm, in the coordinate of one of them. */
type AlignedArm = Pick<Marginal, "center" | "width" | "logDensity" | "logTails">;

/**
 * The arm whose coordinate all integrals take: the first one, unless another is so narrow that doubles, which lie densest
 * near 0, tell it only in a coordinate of its own.
 */
function originOf(marginals: readonly Marginal[]): Marginal {
  const first = marginals[0]!;
  if (marginals.every((arm) => isWider(alongAxisOf(first, arm), NARROW))) return first;
  return marginals.reduce((narrowest, arm) => (arm.width < narrowest.width ? arm : narrowest));
}

/** Shares of an arm's place: below the first, steps between doubles cost digits; below the second nothing is left. */
const NARROW = 1e-9;
const NARROWEST = 1e-13;

function isWider({ center, width }: AlignedArm, share: number): boolean {
  return width > share * Math.abs(center);
}

function alongAxisOf(origin: Marginal, arm: Marginal): AlignedArm {
  const shift = levelShift(origin, arm);
  return {
    center: arm.center - shift,
    width: arm.width,
    logDensity: (u) => arm.logDensity(u + shift),
    logTails: (u) => arm.logTails(u + shift),
  };
}

/** What is more likely than not becomes the complement of all the rest, so that ln(1 − little) keeps its digits. */
function withComplement(logs: readonly number[]): number[] {
  return logs.map((log, i) => (log > -Math.LN2 ? log1mexp(logSum(logs.filter((_, j) => j !== i))) : log));
}
