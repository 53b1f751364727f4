export type { JointCounts } from "./joint-counts.ts";
export type { Mean } from "./mean.ts";
export { mergeMeans } from "./mean.ts";
export type { Moments } from "./moments.ts";
export { mergeMoments, proportionMoments } from "./moments.ts";
export type { Proportion } from "./proportion.ts";
export { mergeProportions } from "./proportion.ts";
