import { checkBetween, checkObject } from "../core/checks.ts";
import { DEFAULT_ALPHA } from "../core/defaults.ts";
import type { Result } from "../core/result.ts";
import type { Warning } from "../core/warning.ts";
import { checkJointCounts, type JointCounts, jointN } from "../summaries/joint-counts.ts";
import { type IndividualAssociation, individualAssociation } from "./individual-association.ts";
import { type Mediation, mediation } from "./mediation.ts";
import { amongConverters, amongOthers } from "./pooled-table.ts";
import { type PrenticeCriteria, prenticeCriteria } from "./prentice-criteria.ts";

export interface IndividualSurrogacyInput {
  /** Joint counts of micro × macro conversion in both arms of one experiment. */
  readonly control: JointCounts;
  readonly treatment: JointCounts;
  /** Of the tests, in (0, 0.5); intervals have the level 1 − alpha. 0.05 unless said. */
  readonly alpha?: number | undefined;
}

/** How strong an unseen common cause of micro and macro conversion would have to be to make the indirect effect 0. */
export interface ConfounderStrength {
  /**
   * E-value: the relative risk by which the cause would have to go with both conversions, among treated units
   * (VanderWeele and Ding 2017); 1 where the link is none, Infinity where no others convert.
   */
  readonly eValue: number;
  /**
   * As differences of rates: a cause that is this much more frequent among micro converters, and raises the macro rate
   * by as much, explains the link away.
   */
  readonly rateDifference: number;
}

/**
 * Share of the units whom the change moves in opposite directions on the two conversions, as far as the tables tell:
 * nobody sees one unit in both arms.
 */
export interface OpposedUnits {
  readonly lower: number;
  readonly upper: number;
}

/** What one experiment says of a micro conversion as a surrogate, unit by unit. */
export interface IndividualSurrogacy extends Result<"individual-surrogacy"> {
  readonly method: "contingency-table";
  readonly alpha: number;
  readonly association: IndividualAssociation;
  readonly prentice: PrenticeCriteria;
  readonly mediation: Mediation;
  /** Null where the treatment's table shows no link. */
  readonly confounding: ConfounderStrength | null;
  /** Where it may be large, effects on the two need not have the same sign (VanderWeele 2013). */
  readonly opposedUnits: OpposedUnits;
}

/** Below it the proportion explained has a set so wide that no figure in it says anything (Freedman 2001). */
const USEFUL_Z = 5;

/**
 * Judges a micro conversion as a surrogate within one experiment: how closely it goes with the macro conversion between
 * units, Prentice's four criteria, and how much of the effect passes through it.
 *
 * None of this shows that a change that moves the micro conversion moves sales: a close link between units is what
 * shoppers who mean to buy do anyway, and the criteria fail or hold by the size of the test. What past experiments say
 * (`estimateEffectCovariance`) outweighs it.
 *
 * H0 of each likelihood-ratio test: independence; H1: any dependence.
 *
 * @param input - joint counts of both arms, and alpha in (0, 0.5)
 * @returns association, Prentice's tests, the effect in two parts, and the confounder that would explain it
 * @throws {DomainError} for broken counts or an alpha outside its range
 * @example
 * ```ts
 * import { individualSurrogacy } from "microlift";
 * const { association, mediation, prentice } = individualSurrogacy({
 *   control: { neither: 16600, macroOnly: 40, microOnly: 3000, both: 360 },
 *   treatment: { neither: 16100, macroOnly: 42, microOnly: 3420, both: 438 },
 * });
 * association.phi.estimate; // 0.28329085450403296
 * mediation.indirect.estimate; // 0.00276211762135156
 * mediation.proportionExplained.estimate; // 0.6905294053378901
 * prentice.treatmentOnMacroGivenMicro.pValue; // 0.64567933145…
 * ```
 * Source: Prentice (1989); Pearl (2001) for natural effects; Wang and Taylor (2002) for the proportion explained;
 * Alonso and Molenberghs (2007) for the information-theoretic measure; VanderWeele and Ding (2017).
 */
export function individualSurrogacy(input: IndividualSurrogacyInput): IndividualSurrogacy {
  checkObject("input", input);
  const { control, treatment, alpha = DEFAULT_ALPHA } = input;
  checkJointCounts("control", control);
  checkJointCounts("treatment", treatment);
  checkBetween("alpha", alpha, Number.MIN_VALUE, 0.5 - Number.EPSILON);
  const tables = { control, treatment };
  const effects = mediation(tables, alpha);
  const prentice = prenticeCriteria(tables);
  return {
    kind: "individual-surrogacy",
    method: "contingency-table",
    alpha,
    association: individualAssociation(tables, 1 - alpha),
    prentice,
    mediation: effects,
    confounding: confounding(treatment),
    opposedUnits: opposedUnits(input),
    warnings: warnings(effects, prentice, alpha),
    assumptions: [
      "Indirect and direct effect are causal only if nothing unseen makes units do both conversions, in either arm.",
      "A link between units says nothing yet of changes: those that move the micro conversion may leave sales alone.",
    ],
  };
}

/** From the treatment's relative risk and difference, which carry the indirect effect. */
function confounding(treatment: JointCounts): ConfounderStrength | null {
  const [converters, others] = [amongConverters(treatment), amongOthers(treatment)];
  const [q1, q0] = [converters.conversions / converters.n, others.conversions / others.n];
  const ratio = Math.max(q1, q0) / Math.min(q1, q0);
  if (!(Math.abs(q1 - q0) > 0)) return null;
  return {
    eValue: ratio === Infinity ? Infinity : ratio + Math.sqrt(ratio * (ratio - 1)),
    rateDifference: Math.sqrt(Math.abs(q1 - q0)),
  };
}

/** Fréchet's bounds: units that leave "macro only" for "micro only", and those that go the other way. */
function opposedUnits({ control, treatment }: IndividualSurrogacyInput): OpposedUnits {
  const share = (table: JointCounts, cell: keyof JointCounts): number => table[cell] / jointN(table);
  const flows = [
    [share(control, "macroOnly"), share(treatment, "microOnly")],
    [share(control, "microOnly"), share(treatment, "macroOnly")],
  ] as const;
  return {
    lower: flows.reduce((sum, [from, to]) => sum + Math.max(0, from + to - 1), 0),
    upper: flows.reduce((sum, [from, to]) => sum + Math.min(from, to), 0),
  };
}

function warnings(
  { zTotal, indirect, direct, proportionExplained }: Mediation,
  prentice: PrenticeCriteria,
  alpha: number,
): Warning[] {
  const found: Warning[] = [];
  if (proportionExplained.estimate === null || zTotal === null) {
    found.push({
      code: "NO_PROPORTION_EXPLAINED",
      message:
        "The macro rates do not differ, or an arm has only one kind of unit: there is no effect to divide into shares.",
    });
  } else if (Math.abs(zTotal) < USEFUL_Z) {
    found.push({
      code: "WEAK_TOTAL_EFFECT",
      message: `The effect on the macro conversion is ${Math.abs(zTotal).toFixed(1)} standard errors, too little to divide into shares; it would take about ${((USEFUL_Z / zTotal) ** 2).toPrecision(2)} times the units.`,
    });
  }
  const { degreesOfFreedom, pValue } = prentice.treatmentOnMacroGivenMicro;
  if (degreesOfFreedom > 0 && pValue >= alpha) {
    found.push({
      code: "FOURTH_CRITERION_NOT_PROVEN",
      message:
        "That no effect past the micro conversion shows is no proof that there is none: read the interval of the direct effect.",
    });
  }
  if (indirect.estimate !== null && direct.estimate !== null && indirect.estimate * direct.estimate < 0) {
    found.push({
      code: "OPPOSITE_DIRECT_EFFECT",
      message:
        "Past the micro conversion the change seems to work the other way: of such changes the micro conversion tells too much.",
    });
  }
  return found;
}
