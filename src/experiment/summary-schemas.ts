import * as z from "zod/mini";
import { LONGEST_TEXT } from "../core/checks.ts";
import { LARGEST_MAGNITUDE } from "../proxy/check-magnitude.ts";
import type { EffectPopulation } from "../proxy/effect-population.ts";
import { checkEffectCovariance, type EffectCovariance, type EffectNode } from "../proxy/effect-covariance.ts";
import { checkEventCount, type Count } from "../summaries/count.ts";
import type { JointCounts } from "../summaries/joint-counts.ts";
import { checkMean, type Mean } from "../summaries/mean.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { checkRatio, type Moments1, type Ratio } from "../summaries/ratio.ts";
import { firstFaults } from "./fault.ts";
import { passing } from "./passing.ts";

// The schemas accept exactly what the checks of summaries/ and proxy/ accept; a property test holds the two together.

/** A whole number of at least 0 that a double holds exactly. */
export const countSchema: z.ZodMiniType<number> = z.int().check(z.gte(0));
/** A whole number of at least 1 that a double holds exactly. */
export const unitsSchema: z.ZodMiniType<number> = z.int().check(z.gte(1));
/** A finite number above 0. */
export const positiveSchema: z.ZodMiniType<number> = z.number().check(z.gt(0));
/** A finite number at or above 0. */
export const nonNegativeSchema: z.ZodMiniType<number> = z.number().check(z.gte(0));
/** A size of something on the proxy floor, where squares of it must stay within the range of doubles. */
export const magnitudeSchema: z.ZodMiniType<number> = z
  .number()
  .check(z.gte(1 / LARGEST_MAGNITUDE), z.lte(LARGEST_MAGNITUDE));
/** A number strictly between 0 and 1. */
export const openUnitSchema: z.ZodMiniType<number> = z.number().check(z.gt(0), z.lt(1));
/** Below, little is left of a type I error in the coverage 1 − alpha, and nothing where treatments share it. */
const SMALLEST_ALPHA = 1e-12;
/** A type I error. */
export const alphaSchema: z.ZodMiniType<number> = z.number().check(z.gte(SMALLEST_ALPHA), z.lt(1));
/** A name, of an arm or of a metric: more than blanks. */
export const nameSchema: z.ZodMiniType<string> = z.string().check(z.regex(/\S/), z.maxLength(LONGEST_TEXT));

/** A list, which is told its first faults only. */
export function listOf<T>(entry: z.ZodMiniType<T>): z.ZodMiniArray<z.ZodMiniType<T>> {
  return z.array(entry).check(firstFaults<T[]>());
}

/** How many of an arm's units converted. */
export const proportionSchema: z.ZodMiniType<Proportion> = z
  .strictObject({ n: unitsSchema, conversions: countSchema })
  .check(
    z.superRefine((value, context) => {
      if (value.conversions > value.n) {
        context.addIssue({
          code: "custom",
          path: ["conversions"],
          message: `must be at most n = ${value.n}`,
        });
      }
    }),
  );

/** Mean and sample variance of a metric over an arm's units, with skewness and caps where known. */
export const meanSchema: z.ZodMiniType<Mean> = z
  .strictObject({
    n: unitsSchema,
    mean: z.number(),
    variance: nonNegativeSchema,
    skewness: z.optional(z.number()),
    thirdMoment: z.optional(z.number()),
    winsorized: z.optional(z.strictObject({ lower: z.optional(z.number()), upper: z.optional(z.number()) })),
  })
  .check(passing<Mean>(checkMean));

/** Mean and sample variance over units that are counted elsewhere. */
export const moments1Schema: z.ZodMiniType<Moments1> = z.strictObject({
  mean: z.number(),
  variance: nonNegativeSchema,
});

/** Numerator and denominator of a ratio metric over an arm's units. */
export const ratioSchema: z.ZodMiniType<Ratio> = z
  .strictObject({
    n: unitsSchema,
    numerator: moments1Schema,
    denominator: moments1Schema,
    covariance: z.number(),
  })
  .check(passing<Ratio>(checkRatio));

/** How many events an arm's units had. */
export const eventCountSchema: z.ZodMiniType<Count> = z
  .strictObject({ n: unitsSchema, events: countSchema, variance: z.optional(nonNegativeSchema) })
  .check(passing<Count>(checkEventCount));

/** One arm's table of micro × macro conversion. */
export const jointCountsSchema: z.ZodMiniType<JointCounts> = z
  .strictObject({ neither: countSchema, macroOnly: countSchema, microOnly: countSchema, both: countSchema })
  .check(
    z.superRefine((value, context) => {
      const n = value.neither + value.macroOnly + value.microOnly + value.both;
      if (!(n >= 1 && Number.isSafeInteger(n))) {
        context.addIssue({ code: "custom", message: "must count at least one unit, and at most 2^53 - 1" });
      }
    }),
  );

const distribution = {
  tauProxy: magnitudeSchema,
  tauMacro: magnitudeSchema,
  rho: z.number().check(z.gte(-1), z.lte(1)),
  meanProxy: z.exactOptional(z.number()),
  meanMacro: z.exactOptional(z.number()),
};
const effectNodeSchema: z.ZodMiniType<EffectNode> = z.strictObject({
  ...distribution,
  weight: nonNegativeSchema,
});

const effectPopulationSchema: z.ZodMiniType<EffectPopulation> = z.discriminatedUnion("family", [
  z.strictObject({ family: z.literal("normal") }),
  z.strictObject({ family: z.literal("spike-and-normal"), probabilityOfNoEffect: nonNegativeSchema }),
  z.strictObject({
    family: z.literal("student-t"),
    degreesOfFreedom: z.union([z.number(), z.literal(Infinity)]),
  }),
  z.strictObject({
    family: z.literal("two-normals"),
    wideProbability: nonNegativeSchema,
    spreadRatio: nonNegativeSchema,
  }),
  z.strictObject({
    family: z.literal("scale-mixture"),
    components: listOf(z.strictObject({ weight: nonNegativeSchema, spread: nonNegativeSchema })),
  }),
]);

const effectCovarianceFields = {
  ...distribution,
  scale: z.exactOptional(z.enum(["difference", "log-lift"])),
  source: z.exactOptional(z.enum(["assumed", "learned"])),
  posterior: z.exactOptional(listOf(effectNodeSchema)),
  largestPastProxyEffect: z.exactOptional(nonNegativeSchema),
  population: z.exactOptional(effectPopulationSchema),
};

// What the functions that make one say beside it, so that their result can be pasted as it is.
const resultFields = {
  kind: z.exactOptional(z.enum(["effect-covariance", "effect-covariance-estimate"])),
  method: z.exactOptional(z.string()),
  warnings: z.exactOptional(listOf(z.unknown())),
  assumptions: z.exactOptional(listOf(z.string())),
};
const namedEffectsSchema = z.looseObject({ ...effectCovarianceFields, ...resultFields });

/** The covariance of true effects, assumed or learned: alone, or the whole result of the function that made it. */
export const effectCovarianceSchema: z.ZodMiniType<EffectCovariance> = namedEffectsSchema.check(
  z.superRefine((value, context) => {
    // What was learned comes with much that nobody reads again; elsewhere an unknown field is a misspelt one.
    if (value.kind === "effect-covariance-estimate") return;
    const keys = Object.keys(value).filter((key) => !Object.hasOwn(namedEffectsSchema.shape, key));
    if (keys.length === 0) return;
    context.addIssue({ code: "unrecognized_keys", keys, input: value, inst: namedEffectsSchema });
  }),
  passing<EffectCovariance>(checkEffectCovariance),
);
