import type { Alternative } from "../core/alternative.ts";
import { checkAlternative } from "../core/alternative.ts";
import { checkNumber, checkObject, checkOpenUnit } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { MonitoringRule } from "./monitoring.ts";

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

interface DesignedLook {
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
  checkDesign(design);
  agrees("alpha", alpha, design.alpha);
  agrees("alternative", alternative, design.alternative);
  const { looks } = design;
  const efficacy = looks.map((look) => look.efficacy);
  const futility = looks.map((look) => look.futility ?? -Infinity);
  return {
    alpha: design.alpha,
    alternative: design.alternative,
    isAlwaysValid: false,
    informationRates: looks.map(({ information }) => information),
    bounds() {
      if (design.alternative === "two-sided") return { upper: efficacy, lower: efficacy.map((z) => -z) };
      if (design.alternative === "greater") return { upper: efficacy, lower: futility };
      return { upper: futility.map((z) => -z), lower: efficacy.map((z) => -z) };
    },
  };
}

function checkDesign(design: GroupSequentialMonitoring["design"]): void {
  const field = "monitoring.design";
  checkObject(field, design);
  checkOpenUnit(`${field}.alpha`, design.alpha);
  checkAlternative(`${field}.alternative`, design.alternative);
  if (!Array.isArray(design.looks) || design.looks.length === 0) {
    throw new DomainError(`${field}.looks`, design.looks, "must be the looks of a design");
  }
  let before = 0;
  design.looks.forEach(({ information, efficacy, futility }: DesignedLook, look) => {
    const path = `${field}.looks[${look}]`;
    if (!(typeof information === "number" && information > before && information <= 1)) {
      throw new DomainError(`${path}.information`, information, `must lie above ${before} and not above 1`);
    }
    before = information;
    checkNumber(`${path}.efficacy`, efficacy);
    if (typeof futility === "number") checkNumber(`${path}.futility`, futility);
  });
  if (before !== 1) {
    throw new DomainError(`${field}.looks`, design.looks, "must end at the information 1 of the horizon");
  }
}

function agrees<T>(field: string, given: T | undefined, designed: T): void {
  if (given === undefined || given === designed) return;
  throw new DomainError(field, given, `must be left out, or be that of the design, ${String(designed)}`);
}
