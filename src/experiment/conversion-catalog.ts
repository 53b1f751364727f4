import { checkObject, checkOneOf, checkText } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { METRIC_KINDS } from "../core/metric-kind.ts";
import type { Result } from "../core/result.ts";
import {
  CONVERSION_DIRECTIONS,
  CONVERSION_EVENT_SOURCES,
  CONVERSION_KINDS,
  CONVERSION_PATHS,
  CONVERSION_SITES,
  CONVERSION_STAGES,
  CONVERSION_TIERS,
  type ConversionKind,
  type ConversionPath,
  type ConversionSite,
  type ConversionStage,
  type ConversionTier,
  type ConversionType,
  NESTED_IN_MACRO,
} from "./conversion-type.ts";
import { conversionTypes } from "./conversion-types.ts";

export interface ConversionCatalogOptions {
  /** Conversions of one's own; their names must be new. */
  readonly add?: readonly ConversionType[] | undefined;
  /** Only conversions of this tier; all unless said, as with the next four. */
  readonly tier?: ConversionTier | undefined;
  readonly stage?: ConversionStage | undefined;
  readonly kind?: ConversionKind | undefined;
  readonly path?: ConversionPath | undefined;
  readonly site?: ConversionSite | undefined;
}

/** The usual conversions, or some of them. */
export interface ConversionCatalog extends Result<"conversion-catalog"> {
  /** In the order of the customer's way; what was added stands at the end. */
  readonly types: readonly ConversionType[];
}

/**
 * The usual conversions, from a page view to a renewed subscription: where each stands on the way to the sale, how to
 * measure it, what it can and cannot stand for, and its event in Google Analytics 4.
 *
 * It is plain data, and holds no rates and no weights: how well a micro conversion stands for the sale on one's own
 * site, past experiments tell (`estimateEffectCovariance`, `rankProxies`).
 *
 * @param options.add - conversions of one's own; their names must be new
 * @param options.tier - only `nano`, `micro` or `macro` conversions; all unless said, as with the next four
 * @param options.stage - only those of a stage: `awareness`, `consideration`, `intent`, `purchase`, `retention`
 * @param options.kind - only those of a kind: `navigation`, `interaction`, `engagement`
 * @param options.path - only those on the way to the sale (`process-milestone`) or beside it (`secondary-action`)
 * @param options.site - only those that a `shop`, a `lead-generation` site or a `saas` looks for
 * @returns the conversions in the order of the customer's way, those added at the end
 * @throws {DomainError} for a name that is taken, and for words that the taxonomy does not have
 * @example
 * ```ts
 * import { conversionCatalog } from "microlift";
 * const { types } = conversionCatalog({ stage: "purchase", path: "process-milestone", site: "shop", tier: "micro" });
 * types.length; // 4
 * types[0].eventName; // "begin_checkout"
 * conversionCatalog().types.find((type) => type.name === "wishlist")?.doesNotStandFor.length; // 1
 * ```
 * Names of events: Google Analytics 4, lists of recommended, automatic and enhanced-measurement events.
 */
export function conversionCatalog(options: ConversionCatalogOptions = {}): ConversionCatalog {
  checkObject("options", options);
  const { add = [], tier, stage, kind, path, site } = options;
  if (tier !== undefined) checkOneOf("tier", tier, CONVERSION_TIERS);
  if (stage !== undefined) checkOneOf("stage", stage, CONVERSION_STAGES);
  if (kind !== undefined) checkOneOf("kind", kind, CONVERSION_KINDS);
  if (path !== undefined) checkOneOf("path", path, CONVERSION_PATHS);
  if (site !== undefined) checkOneOf("site", site, CONVERSION_SITES);
  const types = [...conversionTypes(), ...checkedAdditions(add)].filter(
    (type) =>
      (tier === undefined || type.tier === tier) &&
      (stage === undefined || type.stage === stage) &&
      (kind === undefined || type.kind === kind) &&
      (path === undefined || type.path === path) &&
      (site === undefined || type.sites.includes(site)),
  );
  return {
    kind: "conversion-catalog",
    method: "taxonomy",
    types,
    warnings: [],
    assumptions: [
      "What a conversion can stand for is what is known of its kind; whether its effects go together with those on the sale, past experiments of the site tell.",
    ],
  };
}

function checkedAdditions(add: readonly ConversionType[]): readonly ConversionType[] {
  if (!Array.isArray(add)) throw new DomainError("add", add, "must be a list of conversions");
  const names = new Set(conversionTypes().map((type) => type.name));
  add.forEach((type: ConversionType, i) => {
    checkConversionType(`add[${i}]`, type);
    if (names.has(type.name)) {
      throw new DomainError(`add[${i}].name`, type.name, "must not be the name of another conversion");
    }
    names.add(type.name);
  });
  return add;
}

function checkConversionType(field: string, type: ConversionType): void {
  checkObject(field, type);
  checkText(`${field}.name`, type.name);
  checkText(`${field}.title`, type.title);
  checkOneOf(`${field}.tier`, type.tier, CONVERSION_TIERS);
  checkOneOf(`${field}.stage`, type.stage, CONVERSION_STAGES);
  checkOneOf(`${field}.kind`, type.kind, CONVERSION_KINDS);
  checkOneOf(`${field}.path`, type.path, CONVERSION_PATHS);
  checkEach(`${field}.sites`, type.sites, (at, site) => checkOneOf(at, site, CONVERSION_SITES));
  checkOneOf(`${field}.metricKind`, type.metricKind, METRIC_KINDS);
  checkOneOf(`${field}.improvesWhen`, type.improvesWhen, CONVERSION_DIRECTIONS);
  checkOneOf(`${field}.nestedInMacro`, type.nestedInMacro, NESTED_IN_MACRO);
  checkEach(`${field}.standsFor`, type.standsFor, checkText);
  checkEach(`${field}.doesNotStandFor`, type.doesNotStandFor, checkText);
  checkText(`${field}.eventName`, type.eventName);
  checkOneOf(`${field}.eventSource`, type.eventSource, CONVERSION_EVENT_SOURCES);
  if (type.eventFilter !== null) checkText(`${field}.eventFilter`, type.eventFilter);
}

function checkEach<T>(field: string, values: readonly T[], check: (field: string, value: T) => void): void {
  if (!Array.isArray(values)) throw new DomainError(field, values, "must be a list");
  values.forEach((value: T, i) => check(`${field}[${i}]`, value));
}
