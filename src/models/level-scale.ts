/** On which scale two levels (means, ratios, rates of events) are compared; a lift is their ratio − 1. */
export type LevelScale = "difference" | "lift";

export const LEVEL_SCALES: readonly LevelScale[] = ["difference", "lift"];
