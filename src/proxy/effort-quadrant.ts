/** Potential against effort, as teams draw it. */
export type EffortQuadrant = "quickWin" | "bigBet" | "fillIn" | "avoid";

/** Where potential and effort count as high: from these values on, they included. */
export interface QuadrantCuts {
  readonly potential: number;
  readonly effort: number;
}

export function effortQuadrant(potential: number, effort: number, cuts: QuadrantCuts): EffortQuadrant {
  const isHard = effort >= cuts.effort;
  if (potential >= cuts.potential) return isHard ? "bigBet" : "quickWin";
  return isHard ? "avoid" : "fillIn";
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [low, high] = [sorted[Math.floor(middle)]!, sorted[Math.ceil(middle)]!];
  return low === high ? low : 0.5 * low + 0.5 * high;
}
