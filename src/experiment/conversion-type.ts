import type { MetricKind } from "../core/metric-kind.ts";

/** How near to the sale: `macro` is the sale itself, `micro` a step or side action, `nano` a still smaller signal. */
export type ConversionTier = "nano" | "micro" | "macro";
export const CONVERSION_TIERS: readonly ConversionTier[] = ["nano", "micro", "macro"];

/** Where on the customer's way it happens. */
export type ConversionStage = "awareness" | "consideration" | "intent" | "purchase" | "retention";
export const CONVERSION_STAGES: readonly ConversionStage[] = [
  "awareness",
  "consideration",
  "intent",
  "purchase",
  "retention",
];

/** What the visitor does: goes somewhere, works a control, or gives time, attention or words. */
export type ConversionKind = "navigation" | "interaction" | "engagement";
export const CONVERSION_KINDS: readonly ConversionKind[] = ["navigation", "interaction", "engagement"];

/** On the way to the sale, or beside it. */
export type ConversionPath = "process-milestone" | "secondary-action";
export const CONVERSION_PATHS: readonly ConversionPath[] = ["process-milestone", "secondary-action"];

/** The four coordinates of a conversion in the taxonomy. */
export interface ConversionPlace {
  readonly tier: ConversionTier;
  readonly stage: ConversionStage;
  readonly kind: ConversionKind;
  readonly path: ConversionPath;
}

/** The sites whose people look for a conversion. */
export type ConversionSite = "shop" | "lead-generation" | "saas";
export const CONVERSION_SITES: readonly ConversionSite[] = ["shop", "lead-generation", "saas"];

/** Who sends the event in Google Analytics 4; a `custom` name is our suggestion, since Google documents none. */
export type ConversionEventSource = "automatic" | "enhanced-measurement" | "recommended" | "custom";
export const CONVERSION_EVENT_SOURCES: readonly ConversionEventSource[] = [
  "automatic",
  "enhanced-measurement",
  "recommended",
  "custom",
];

/** Whether every unit that buys has done it: by the construction of the site, on most sites, or not. */
export type NestedInMacro = "always" | "usually" | "no";
export const NESTED_IN_MACRO: readonly NestedInMacro[] = ["always", "usually", "no"];

/** Whether more of it is better; `unclear` where more of it may mean either. */
export type ConversionDirection = "increase" | "decrease" | "unclear";
export const CONVERSION_DIRECTIONS: readonly ConversionDirection[] = ["increase", "decrease", "unclear"];

/** One kind of conversion: its place, how to measure it, and what it can and cannot tell of the sale. */
export interface ConversionType extends ConversionPlace {
  /** What documents call it: `add-to-cart`. */
  readonly name: string;
  /** What people call it: `Add to cart`. */
  readonly title: string;
  readonly sites: readonly ConversionSite[];
  /** How it is measured per randomised unit. */
  readonly metricKind: MetricKind;
  readonly improvesWhen: ConversionDirection;
  /** A macro conversion is nested in itself. */
  readonly nestedInMacro: NestedInMacro;
  /** What it can stand for, in sentences. */
  readonly standsFor: readonly string[];
  /** How it misleads as a proxy, in sentences. */
  readonly doesNotStandFor: readonly string[];
  /** Name of the event in Google Analytics 4. */
  readonly eventName: string;
  readonly eventSource: ConversionEventSource;
  /** Which events of that name count, in a sentence; null where all of them do. */
  readonly eventFilter: string | null;
}
