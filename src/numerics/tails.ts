/** Both tails at one point: P(X <= x) and P(X > x), or their logs. */
export interface Tails {
  readonly lower: number;
  readonly upper: number;
}
