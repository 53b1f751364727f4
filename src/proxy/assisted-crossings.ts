/** What comes of looking on several days and shipping at the first score above a critical value. */
export interface AssistedCrossings {
  /** For each look, the probability that a change without macro effect ships there. */
  readonly falseShips: readonly number[];
  /** For each look, the probability that a change ships there. */
  readonly ships: readonly number[];
  /** Expected true macro effect per change tested, 0 where it does not ship. */
  readonly gain: number;
  /** Probability that a change ships and loses. */
  readonly wrongShips: number;
}
