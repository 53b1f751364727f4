import { checkObject, checkOneOf, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_ALPHA } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import type { AdjustmentMethod } from "./adjust-on.ts";
import { adjustOn } from "./adjust-on.ts";
import { checkPValues, checkWeights } from "./check-p-values.ts";
import { LINEAR } from "./p-value-scale.ts";

/** How a family of tests is adjusted by itself: the methods that control the family-wise error rate. */
export type FamilyMethod = Exclude<AdjustmentMethod, "none" | "benjamini-hochberg" | "benjamini-yekutieli">;

/** Tests that are read together, such as the primary metrics. */
export interface TestFamily {
  readonly pValues: readonly number[];
  /** `holm` unless said. */
  readonly method?: FamilyMethod | undefined;
  /** As in `adjustPValues`. */
  readonly weights?: readonly number[] | undefined;
}

export interface GatekeepingOptions {
  /** In the order of testing, fixed before the data are seen. Families of one test each are a fixed sequence. */
  readonly families: readonly TestFamily[];
  /** In (0, 1); 0.05 unless said. */
  readonly alpha?: number | undefined;
}

/** What the gates leave of one family. */
export interface GatedFamily {
  /** In the order given. */
  readonly adjustedPValues: readonly number[];
  readonly rejected: readonly boolean[];
  /** Whether all tests of all families before it were rejected, so that this one was tested at all. */
  readonly isOpen: boolean;
}

/** What `gatekeeping` finds. */
export interface Gatekeeping extends Result<"gatekeeping"> {
  readonly method: "serial";
  readonly alpha: number;
  readonly families: readonly GatedFamily[];
}

const METHODS: readonly FamilyMethod[] = ["bonferroni", "sidak", "holm", "hochberg", "hommel"];

/**
 * Tests families of hypotheses one after the other, each at the full alpha, and each only if all before it were
 * rejected: primary metrics, then secondary ones, with one family-wise error rate for all of them together.
 *
 * H0 of each test: its own. Families of one test each are the fixed-sequence (hierarchical) procedure: tests in the
 * order given, until the first that is not rejected. Other gates, such as one that opens after any rejection, are
 * graphs: see `graphicalProcedure`.
 *
 * @param options.families - `pValues` in [0, 1] of each family in the order of testing, with its `method` (`holm`
 *   unless said) and `weights`
 * @param options.alpha - family-wise error rate of all families together, in (0, 1); 0.05 unless said
 * @returns for each family whether its gate opened, its adjusted p-values (each the largest of its own and all those of
 *   earlier families), and which are below alpha
 * @throws {DomainError} for an empty family, a p-value outside [0, 1], an unknown method, or weights that do not fit
 * @example
 * ```ts
 * import { gatekeeping } from "microlift";
 * const { families } = gatekeeping({ families: [{ pValues: [0.01, 0.02] }, { pValues: [0.001, 0.03] }] });
 * families[1].adjustedPValues; // [0.02, 0.03]
 * ```
 * Maurer, Hothorn and Lehmacher (1995); Westfall and Krishen (2001); Dmitrienko and Tamhane (2007).
 */
export function gatekeeping(options: GatekeepingOptions): Gatekeeping {
  checkObject("options", options);
  const { families, alpha = DEFAULT_ALPHA } = options;
  if (!Array.isArray(families) || families.length === 0) {
    throw new DomainError("families", families, "must be a list of at least one family of tests");
  }
  checkOpenUnit("alpha", alpha);
  let gate = 0;
  const gated = families.map((family: TestFamily, i): GatedFamily => {
    const own = adjustedFamily(`families[${i}]`, family);
    const adjustedPValues = own.map((p) => Math.max(p, gate));
    const isOpen = gate < alpha;
    gate = adjustedPValues.reduce((most, p) => Math.max(most, p), gate);
    return { adjustedPValues, rejected: adjustedPValues.map((p) => p < alpha), isOpen };
  });
  return {
    kind: "gatekeeping",
    method: "serial",
    alpha,
    families: gated,
    warnings: [],
    assumptions: ASSUMPTIONS,
  };
}

const ASSUMPTIONS: readonly string[] = [
  "The order of the families and their weights were fixed before the data were seen.",
];

function adjustedFamily(field: string, family: TestFamily): number[] {
  checkObject(field, family);
  const { pValues, method = "holm", weights } = family;
  checkPValues(`${field}.pValues`, pValues);
  if (pValues.length === 0)
    throw new DomainError(`${field}.pValues`, pValues, "must hold at least one p-value");
  checkOneOf(`${field}.method`, method, METHODS);
  if (weights !== undefined) checkWeights(`${field}.weights`, weights, pValues.length, method);
  return adjustOn(LINEAR, pValues, method, weights);
}
