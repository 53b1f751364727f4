import type { OptimalProxyWeights } from "../../proxy/optimal-proxy-weights.ts";
import { proxyWeightsHeadline } from "../describe-several-proxies.ts";
import { amount, units } from "../figures.ts";
import { AMOUNT_TICKS } from "./effect-axis.ts";
import { valueRows } from "./value-rows.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

const MOST = 40;

/** The weights of the best composite. */
export function chartProxyWeights(result: OptimalProxyWeights): VegaLiteSpec {
  const { proxies, composite, single, n } = result;
  const rows = proxies.slice(0, MOST).map((name, i) => {
    const weight = composite?.weights[i] ?? 0;
    return {
      name,
      figure: `${amount(weight)}, alone ${amount(single[i]!.proxyQuality)}`,
      value: weight,
      interval: null,
    };
  });
  return valueRows(
    {
      finding: proxyWeightsHeadline(result),
      detail: `Weights of the composite for tests of ${units(n)} units per arm; beside them how closely each proxy alone goes with true effects on sales${rows.length < proxies.length ? `; the first ${MOST} are shown` : ""}`,
    },
    rows,
    { title: "Weight", labelExpr: AMOUNT_TICKS, reference: { value: 0, name: "no weight" } },
  );
}
