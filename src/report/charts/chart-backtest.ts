import type { ProxyBacktest } from "../../proxy/backtest-proxy.ts";
import { BACKTEST_POLICY_NAMES, backtestHeadline } from "../describe-backtest.ts";
import { intervalName, units } from "../figures.ts";
import { forest, type ForestRow } from "./forest.ts";
import { readInterval, readScale } from "./read-scale.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

/** What each rule would have gained over past experiments. */
export function chartBacktest(result: ProxyBacktest): VegaLiteSpec {
  const { policies, experiments } = result;
  const scale = readScale(result.scale);
  const rows: ForestRow[] = policies.map(({ policy, gain, ships }) => ({
    name: `${BACKTEST_POLICY_NAMES[policy]} (ships ${units(ships)})`,
    effect: {
      estimate: gain.estimate === null ? null : scale.at(gain.estimate),
      interval: readInterval(scale, gain.interval),
    },
    shape: policy.startsWith("assisted") ? "whole" : policy.startsWith("sales") ? "own" : "weighed",
  }));
  const axis = { ...scale.axis, title: "Gain of sales per experiment" };
  return forest(
    {
      finding: backtestHeadline(result),
      detail: `What each rule would have gained over ${units(experiments)} past experiments, by the sales that came in the end, free of shared chance (${intervalName(policies[0]!.gain.interval)}s); circles the proxy, diamonds both, squares sales`,
    },
    rows,
    axis,
  );
}
