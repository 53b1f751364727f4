import type { EffortQuadrant } from "../proxy/effort-quadrant.ts";

/** What teams call the quadrants of potential and effort. */
export const QUADRANT_NAMES: Readonly<Record<EffortQuadrant, string>> = {
  quickWin: "quick win",
  bigBet: "big bet",
  fillIn: "fill in",
  avoid: "avoid",
};
