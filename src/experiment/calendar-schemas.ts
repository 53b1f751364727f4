import * as z from "zod/mini";
import { checkConversionDelay, type ConversionDelay } from "../models/conversion-delay.ts";
import { checkTraffic, type Traffic } from "../models/traffic.ts";
import { WEEKDAYS } from "../models/weekday.ts";
import { passing } from "./passing.ts";
import { listOf } from "./summary-schemas.ts";

// The shapes here, the ranges from the checks of models/: a property test holds the two together.

const rampUp = { rampUp: z.exactOptional(listOf(z.strictObject({ days: z.number(), share: z.number() }))) };

/** How units enter, all arms together. */
export const trafficSchema: z.ZodMiniType<Traffic> = z
  .union([
    z.strictObject({ unitsPerDay: z.number(), ...rampUp }),
    z.strictObject({
      unitsPerWeekday: listOf(z.number()),
      startWeekday: z.exactOptional(z.enum(WEEKDAYS)),
      ...rampUp,
    }),
    z.strictObject({ firstDayUnits: z.number(), growthExponent: z.number(), ...rampUp }),
    z.strictObject({ cumulativeUnits: listOf(z.number()), ...rampUp }),
  ])
  .check(passing<Traffic>(checkTraffic));

const window = { windowDays: z.exactOptional(z.number()) };

/** When conversions come in, and when they are read. */
export const conversionDelaySchema: z.ZodMiniType<ConversionDelay> = z
  .union([
    z.strictObject({ attributionDays: z.number() }),
    z.strictObject({ meanDays: z.number(), ...window }),
    z.strictObject({ shape: z.number(), scaleDays: z.number(), ...window }),
    z.strictObject({ logMean: z.number(), logSd: z.number(), ...window }),
    z.strictObject({ days: listOf(z.number()), shares: listOf(z.number()), ...window }),
  ])
  .check(passing<ConversionDelay>(checkConversionDelay));
