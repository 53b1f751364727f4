import type { BetaPrior } from "../models/beta-prior.ts";
import { productDifference } from "../models/product-difference.ts";
import { type BetaDensity, betaDensity, logDensity } from "../numerics/beta-density.ts";
import { betterArm } from "./better-arm.ts";
import type { ArmStanding } from "./stopping-rule.ts";
import { exp } from "../numerics/elementary/exp.ts";

/** Once a figure has fallen to this share of what it was, it is computed anew: its last digit goes. */
const LARGEST_FALL = 0.1;
/** Steps may be too small to be held by a double, and then do not grow with the figures: each is computed anew. */
const SMALLEST_OVERLAP = 1e-250;

/**
 * A walk over the conversions of two arms of the same size, one more at a time, which carries how the one stands against
 * the other: some 20 ns a step instead of as many microseconds.
 *
 * With O ~ Beta(a, b), T ~ Beta(c, d) and the overlap K = B(a + c, b + d) / (B(a, b) B(c, d)), from
 * I(c, d) − I(c + 1, d − 1) = t^c (1 − t)^(d − 1) / (c B(c, d)) and the like (Abramowitz and Stegun 1964, 26.5.16):
 * one more conversion of T lowers E max(O − T, 0) by (P(T < O) − K/c) / (c + d) and P(T < O) by
 * K (a + b + c + d − 1) / (b + d − 1) / c; one more of O raises them by (P(T < O) + K/a) / (a + b) and by the same over
 * a instead of c.
 */
export class StandingWalk implements ArmStanding {
  loss = 0;
  behind = 0;
  private overlap = 0;
  private largestLoss = 0;
  private largestBehind = 0;
  private a: number;
  private b: number;
  private c: number;
  private d: number;

  /**
   * @param other - prior of the arm O that is compared with
   * @param own - prior of the arm T whose standing it is
   * @param n - units of each arm
   * @param otherConversions - where the walk starts
   * @param ownConversions - where the walk starts
   */
  constructor(other: BetaPrior, own: BetaPrior, n: number, otherConversions: number, ownConversions: number) {
    this.a = other.alpha + otherConversions;
    this.b = other.beta + (n - otherConversions);
    this.c = own.alpha + ownConversions;
    this.d = own.beta + (n - ownConversions);
    this.anchor();
  }

  /** Above 0 where the own posterior mean is the higher one. */
  get lead(): number {
    return productDifference(this.c, this.b, this.a, this.d);
  }

  /** One more conversion instead of none, of the own arm. */
  addToOwn(): void {
    const { a, b, c, d, overlap } = this;
    this.loss -= (this.behind - overlap / c) / (c + d);
    this.behind -= (overlap * (a + b + c + d - 1)) / (b + d - 1) / c;
    this.overlap *= (((a + c) / (b + d - 1)) * (d - 1)) / c;
    this.c += 1;
    this.d -= 1;
    this.anchorWhereNeeded();
  }

  /** One more conversion instead of none, of the other arm. */
  addToOther(): void {
    const { a, b, c, d, overlap } = this;
    this.loss += (this.behind + overlap / a) / (a + b);
    this.behind += (overlap * (a + b + c + d - 1)) / (b + d - 1) / a;
    this.overlap *= (((a + c) / (b + d - 1)) * (b - 1)) / a;
    this.a += 1;
    this.b -= 1;
    this.anchorWhereNeeded();
  }

  private anchorWhereNeeded(): void {
    this.largestLoss = Math.max(this.largestLoss, this.loss);
    this.largestBehind = Math.max(this.largestBehind, this.behind);
    const isWorn =
      this.loss < LARGEST_FALL * this.largestLoss ||
      this.behind < LARGEST_FALL * this.largestBehind ||
      this.overlap < SMALLEST_OVERLAP;
    if (isWorn) this.anchor();
  }

  private anchor(): void {
    const other = betaDensity(this.a, this.b);
    const own = betaDensity(this.c, this.d);
    const { logProbabilityToLose, expectedLoss } = betterArm(other, own);
    this.loss = this.largestLoss = expectedLoss.treatment;
    this.behind = this.largestBehind = exp(logProbabilityToLose);
    this.overlap = exp(logOverlap(other, own));
  }
}

/** ln [B(a + c, b + d) / (B(a, b) B(c, d))], from the densities where their product has its peak. */
function logOverlap(one: BetaDensity, two: BetaDensity): number {
  const both = betaDensity(one.a + two.a, one.b + two.b);
  const [x, y] = [both.a / both.total, both.b / both.total];
  const lambda = productDifference(one.a, two.b, one.b, two.a) / both.total;
  return logDensity(one, x, y, lambda) + logDensity(two, x, y, -lambda) - logDensity(both, x, y, 0);
}
