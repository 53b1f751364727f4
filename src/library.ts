// Every floor that needs no schema: what a light function is built from. The build makes one file of it.
export type { Alternative } from "./core/alternative.ts";
export type { BetterDirection } from "./core/better-direction.ts";
export { DomainError } from "./core/domain-error.ts";
export type { Estimate } from "./core/estimate.ts";
export type { Interval } from "./core/interval.ts";
export type { Result } from "./core/result.ts";
export type { Status } from "./core/status.ts";
export type { Warning } from "./core/warning.ts";
export * from "./bayesian/index.ts";
export * from "./experiment/standalone.ts";
export * from "./inference/index.ts";
export * from "./numerics/index.ts";
export * from "./planning/index.ts";
export * from "./proxy/index.ts";
export * from "./report/index.ts";
export * from "./sequential/index.ts";
export * from "./summaries/index.ts";
export * from "./warehouse/index.ts";
