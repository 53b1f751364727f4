import { macroProportion, microProportion } from "../summaries/joint-counts.ts";
import { type LikelihoodRatioTest, testOfStrata } from "./likelihood-ratio-of-strata.ts";
import { amongConverters, amongOthers, pooledTable } from "./pooled-table.ts";
import type { ArmTables } from "./scored-estimate.ts";

/** The tests behind Prentice's (1989) four criteria. */
export interface PrenticeCriteria {
  /** H0: the change does not move the micro conversion. The criterion asks for rejection. */
  readonly treatmentOnMicro: LikelihoodRatioTest;
  /** H0: the change does not move the macro conversion. The criterion asks for rejection. */
  readonly treatmentOnMacro: LikelihoodRatioTest;
  /** H0: micro and macro conversion are independent. The criterion asks for rejection. */
  readonly microOnMacro: LikelihoodRatioTest;
  /** H0: given the micro conversion, the change does not move the macro one. No rejection is no proof of it. */
  readonly treatmentOnMacroGivenMicro: LikelihoodRatioTest;
}

export function prenticeCriteria(tables: ArmTables): PrenticeCriteria {
  const { control, treatment } = tables;
  const pooled = pooledTable(tables);
  return {
    treatmentOnMicro: testOfStrata([[microProportion(control), microProportion(treatment)]]),
    treatmentOnMacro: testOfStrata([[macroProportion(control), macroProportion(treatment)]]),
    microOnMacro: testOfStrata([[amongOthers(pooled), amongConverters(pooled)]]),
    treatmentOnMacroGivenMicro: testOfStrata([
      [amongOthers(control), amongOthers(treatment)],
      [amongConverters(control), amongConverters(treatment)],
    ]),
  };
}
