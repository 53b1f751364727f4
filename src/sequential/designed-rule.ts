import type { Alternative } from "../core/alternative.ts";
import { checkAlternative } from "../core/alternative.ts";
import { checkNumber, checkObject, checkOpenUnit } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { MonitoringRule } from "./monitoring.ts";
import type { Bounds } from "./run-experiments.ts";

/** The looks of a design, the last of them at the horizon. */
export interface GroupSequentialMonitoring {
  readonly method: "group-sequential";
  /** What `groupSequentialDesign` returned: its alpha and alternative hold. */
  readonly design: {
    readonly alpha: number;
    readonly alternative: Alternative;
    readonly looks: readonly DesignedLook[];
  };
}

/** A look of a design, with the statistics that stop the test at it. */
export interface DesignedLook {
  /** Share of the information at the horizon. */
  readonly information: number;
  readonly efficacy: number;
  readonly futility?: number | null | undefined;
}

/** The boundaries of a design as they stand. */
export function designedRule(
  { design }: GroupSequentialMonitoring,
  alpha: number | undefined,
  alternative: Alternative | undefined,
): MonitoringRule {
  checkDesignedLooks(design);
  agrees("alpha", alpha, design.alpha);
  agrees("alternative", alternative, design.alternative);
  const { looks } = design;
  // Boundaries are counted towards the alternative. At the last look all that does not reject ends without it.
  const efficacy = looks.map((look) => look.efficacy);
  const futility = looks.map((look, k) => (k < looks.length - 1 ? (look.futility ?? -Infinity) : -Infinity));
  const negative = (values: readonly number[]): number[] => values.map((z) => -z);
  const none = looks.map(() => -Infinity);
  const bounds: Bounds = {
    "two-sided": { upper: efficacy, lower: negative(efficacy), inner: futility },
    greater: { upper: efficacy, lower: futility, inner: none },
    less: { upper: negative(futility), lower: negative(efficacy), inner: none },
  }[design.alternative];
  return {
    alpha: design.alpha,
    alternative: design.alternative,
    isAlwaysValid: false,
    informationRates: looks.map(({ information }) => information),
    bounds: () => bounds,
  };
}

/** As far as looks and boundaries go, so that a design of one's own may be watched too. */
function checkDesignedLooks(design: GroupSequentialMonitoring["design"]): void {
  const field = "monitoring.design";
  checkObject(field, design);
  checkOpenUnit(`${field}.alpha`, design.alpha);
  checkAlternative(`${field}.alternative`, design.alternative);
  if (!Array.isArray(design.looks) || design.looks.length === 0) {
    throw new DomainError(`${field}.looks`, design.looks, "must be the looks of a design");
  }
  let before = 0;
  design.looks.forEach((designed: DesignedLook, look) => {
    checkObject(`${field}.looks[${look}]`, designed);
    const { information, efficacy, futility } = designed;
    const path = `${field}.looks[${look}]`;
    if (!(typeof information === "number" && information > before && information <= 1)) {
      throw new DomainError(`${path}.information`, information, `must lie above ${before} and not above 1`);
    }
    before = information;
    checkNumber(`${path}.efficacy`, efficacy);
    if (design.alternative === "two-sided" && efficacy < 0) {
      throw new DomainError(`${path}.efficacy`, efficacy, "must be at or above 0 for a two-sided design");
    }
    if (futility === null || futility === undefined) return;
    checkNumber(`${path}.futility`, futility);
    if (futility > efficacy) {
      throw new DomainError(
        `${path}.futility`,
        futility,
        `must be at most the efficacy boundary ${efficacy}`,
      );
    }
  });
  if (before !== 1) {
    throw new DomainError(`${field}.looks`, design.looks, "must end at the information 1 of the horizon");
  }
}

function agrees<T>(field: string, given: T | undefined, designed: T): void {
  if (given === undefined || given === designed) return;
  throw new DomainError(field, given, `must be left out, or be that of the design, ${String(designed)}`);
}
