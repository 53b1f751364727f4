import * as z from "zod/mini";
import type { Alternative } from "../core/alternative.ts";
import type { BoundaryShapeName } from "../sequential/efficacy-options.ts";
import { type GroupSequentialDesign, groupSequentialDesign } from "../sequential/group-sequential-design.ts";
import type { SpendingFunctionName } from "../sequential/spending.ts";
import type { Fault } from "./fault.ts";
import { faultsOf } from "./passing.ts";
import { listOf } from "./summary-schemas.ts";

/** How a test is watched, and when it may stop. */
export type PlannedMonitoring = ReadOnce | PlannedLooks | PlannedAlwaysValid;

/** One look, at the planned end. */
export interface ReadOnce {
  readonly method: "fixed-horizon";
}

/** A group-sequential design: see `groupSequentialDesign`. */
export interface PlannedLooks {
  readonly method: "group-sequential";
  /** Number of looks at equal steps, 1 to 50; or `informationRates`. */
  readonly looks?: number;
  /** Shares of the planned units at which one looks, increasing, the last of them 1. */
  readonly informationRates?: readonly number[];
  /** `lan-demets-obrien-fleming` unless said. */
  readonly spending?: BoundaryShapeName | SpendingFunctionName;
  readonly gamma?: number;
  readonly delta?: number;
  /** None unless said. */
  readonly futility?: PlannedFutility;
}

/** How 1 − power is shared out between the looks. */
export interface PlannedFutility {
  readonly spending?: SpendingFunctionName;
  readonly gamma?: number;
  readonly binding?: boolean;
}

/** A test that may be looked at as often as one likes: see `alwaysValidPValue`. It is tightest at the planned end. */
export interface PlannedAlwaysValid {
  readonly method: "normal-mixture" | "asymptotic";
}

const SPENDING_FUNCTION_NAMES = [
  "lan-demets-obrien-fleming",
  "lan-demets-pocock",
  "kim-demets",
  "hwang-shih-decani",
] as const satisfies readonly SpendingFunctionName[];
const SHAPE_NAMES = [
  "obrien-fleming",
  "pocock",
  "wang-tsiatis",
  "haybittle-peto",
] as const satisfies readonly BoundaryShapeName[];

export const plannedMonitoringSchema: z.ZodMiniType<PlannedMonitoring> = z.discriminatedUnion("method", [
  z.strictObject({ method: z.literal("fixed-horizon") }),
  z.strictObject({
    method: z.literal("group-sequential"),
    looks: z.exactOptional(z.number()),
    informationRates: z.exactOptional(listOf(z.number())),
    spending: z.exactOptional(z.enum([...SHAPE_NAMES, ...SPENDING_FUNCTION_NAMES])),
    gamma: z.exactOptional(z.number()),
    delta: z.exactOptional(z.number()),
    futility: z.exactOptional(
      z.strictObject({
        spending: z.exactOptional(z.enum(SPENDING_FUNCTION_NAMES)),
        gamma: z.exactOptional(z.number()),
        binding: z.exactOptional(z.boolean()),
      }),
    ),
  }),
  z.strictObject({ method: z.enum(["normal-mixture", "asymptotic"]) }),
]);

/** A way of looking that may end a test early, by its name. */
export type WatchedMethod = Exclude<PlannedMonitoring, ReadOnce>["method"];

/** Whether a test may stop before its planned end. */
export function isWatched(
  monitoring: PlannedMonitoring | undefined,
): monitoring is PlannedLooks | PlannedAlwaysValid {
  return monitoring !== undefined && monitoring.method !== "fixed-horizon";
}

/** The errors that a monitored test is to have. */
export interface MonitoringLevel {
  readonly alpha: number;
  readonly alternative: Alternative;
  readonly power: number;
}

/** The boundaries of planned looks. */
export function plannedDesign(
  { looks, informationRates, spending, gamma, delta, futility }: PlannedLooks,
  level: MonitoringLevel,
): GroupSequentialDesign {
  return groupSequentialDesign({ looks, informationRates, spending, gamma, delta, futility, ...level });
}

/** What is wrong with planned looks, as the design itself says it. */
export function monitoringFaults(monitoring: PlannedMonitoring, level: MonitoringLevel): Fault[] {
  return monitoring.method === "group-sequential" ? faultsOf(() => plannedDesign(monitoring, level)) : [];
}
