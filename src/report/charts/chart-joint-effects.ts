import type { JointEffectCovarianceEstimate } from "../../proxy/estimate-joint-effect-covariance.ts";
import { jointEffectsHeadline } from "../describe-several-proxies.ts";
import { amount, chance, intervalName, span } from "../figures.ts";
import { AMOUNT_TICKS } from "./effect-axis.ts";
import { valueRows } from "./value-rows.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

const CORRELATION_ENDS = { lower: -1, upper: 1 };
const MOST = 40;

/** How closely true effects on each of several proxies go with those on sales. */
export function chartJointEffects(result: JointEffectCovarianceEstimate): VegaLiteSpec {
  const rows = result.learned.slice(0, MOST).map(({ proxy, rho, probabilityRhoPositive }) => ({
    name: proxy,
    figure: `${amount(rho.median)} (${span(rho.interval, amount, CORRELATION_ENDS)}), above 0: ${chance(probabilityRhoPositive)}`,
    value: rho.median,
    interval: rho.interval,
    isDoubtful: rho.interval.lower <= 0,
  }));
  return valueRows(
    {
      finding: jointEffectsHeadline(result),
      detail: `Correlation of true effects with those on sales (${intervalName(result.tauMacro.interval)}s); open bars may not go with sales at all${rows.length < result.learned.length ? `; the first ${MOST} are shown` : ""}`,
    },
    rows,
    { title: "Correlation", labelExpr: AMOUNT_TICKS, reference: { value: 0, name: "none" }, mustBeSeen: [1] },
  );
}
