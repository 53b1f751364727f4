export type { ConversionDelay } from "../models/conversion-delay.ts";
export type { RampStep, Traffic } from "../models/traffic.ts";
export type { Weekday } from "../models/weekday.ts";
export type { ArmSizeOptions, ArmSizes } from "./arm-sizes.ts";
export type { CalendarDays } from "./calendar-days.ts";
export type { TrafficOptions } from "./control-traffic.ts";
export type { DesignEcho } from "./design-echo.ts";
export type { DetectableEffect, DetectableEffectOptions, Direction } from "./detectable-effect.ts";
export type { Duration, DurationOptions, TrafficMethod } from "./duration-days.ts";
export { durationDays } from "./duration-days.ts";
export type { ReadingOptions } from "./metric-delay.ts";
export type { ExactPowerOptions, ExactProportionPower } from "./exact-power-for-proportions.ts";
export { exactPowerForProportions } from "./exact-power-for-proportions.ts";
export type {
  ExactProportionSampleSize,
  ExactSampleSizeOptions,
} from "./exact-sample-size-for-proportions.ts";
export { exactSampleSizeForProportions } from "./exact-sample-size-for-proportions.ts";
export type { ExactProportionTest, ExactRejections } from "./exact-test.ts";
export type { MeanEffect, MeanEffectOptions, RelativeMeanEffect } from "./mean-effect.ts";
export type { MeanTest, MeanTestOptions, StandardDeviations } from "./mean-test.ts";
export type { DetectableLift, DetectableLiftOptions } from "./minimum-detectable-lift.ts";
export { minimumDetectableLift } from "./minimum-detectable-lift.ts";
export type { DetectableMeanLift, DetectableMeanLiftOptions } from "./minimum-detectable-lift-for-means.ts";
export { minimumDetectableLiftForMeans } from "./minimum-detectable-lift-for-means.ts";
export type { Power, PowerOptions } from "./power.ts";
export type { MeanPower, MeanPowerOptions } from "./power-for-means.ts";
export { powerForMeans } from "./power-for-means.ts";
export type { ProportionPower, ProportionPowerOptions } from "./power-for-proportions.ts";
export { powerForProportions } from "./power-for-proportions.ts";
export type { ProportionEffect, ProportionEffectOptions } from "./proportion-effect.ts";
export type { ProportionTest } from "./proportion-test.ts";
export type { SampleSize, SampleSizeOptions, Sizes } from "./sample-size.ts";
export type { MeanSampleSize, MeanSampleSizeOptions } from "./sample-size-for-means.ts";
export { sampleSizeForMeans } from "./sample-size-for-means.ts";
export type { ProportionSampleSize, ProportionSampleSizeOptions } from "./sample-size-for-proportions.ts";
export { sampleSizeForProportions } from "./sample-size-for-proportions.ts";
export type { PlannedAdjustment, TestDesignOptions } from "./test-design.ts";
export type { PlannedClusters, VarianceOptions, VarianceReduction } from "./variance-factor.ts";
