import type { BacktestPolicyName } from "../proxy/backtest-policy.ts";
import type { BacktestPolicy, ProxyBacktest } from "../proxy/backtest-proxy.ts";
import { answers, type Block, details, lead, paragraph, picture, section, table, title } from "./block.ts";
import { closing } from "./closing.ts";
import { amount, between, days, effectFigure, intervalName, percent, roundShare, units } from "./figures.ts";
import { DEFAULT_LABELS } from "./labels.ts";

/** Who decides, and by how much. */
export const BACKTEST_POLICY_NAMES: Readonly<Record<BacktestPolicyName, string>> = {
  "proxy-sign": "Proxy, any gain",
  "proxy-significant": "Proxy, significant",
  "assisted-mean": "Both, any gain",
  "assisted-sure": "Both, sure enough",
  "sales-sign": "Sales, any gain",
  "sales-significant": "Sales, significant",
};
const SHARE_ENDS = { lower: 0, upper: 1 };

/** What the proxy would have decided in past experiments. */
export function describeBacktest(result: ProxyBacktest): Block[] {
  const { proxy, macro } = DEFAULT_LABELS;
  const { policies, validation, daysSaved, scale } = result;
  const effect = effectFigure(scale);
  return [
    title("Past experiments, replayed"),
    lead(backtestHeadline(result)),
    picture(result),
    answers([
      [
        "Foretold",
        validation.coverage.estimate === null
          ? null
          : `${percent(validation.coverage.estimate)} of the effects on ${macro} lay where ${proxy} and the other experiments foretold (${percent(validation.coverage.interval.confidenceLevel)} were promised).`,
      ],
      [
        "Helped",
        validation.logScoreGain.estimate === null
          ? null
          : `${validation.logScoreGain.estimate > 0 ? "Knowing" : "Believing"} ${proxy} made the forecasts ${validation.logScoreGain.estimate > 0 ? "better" : "worse"}: ${amount(validation.logScoreGain.estimate)} of log score an experiment (${intervalName(validation.logScoreGain.interval)}: ${between(validation.logScoreGain.interval, amount)}).`,
      ],
      ["Time", daysSaved === null ? null : `Deciding early saves ${days(daysSaved)} on average.`],
    ]),
    section("What each rule would have done"),
    table(
      ["", "Ships", "Right", "Wrong ships", "Gain each", "Gain kept"],
      policies.map((policy) => row(policy, effect)),
    ),
    paragraph(
      "Right and wrong by the probable true effect, since mature sales hold chance too. Gains are a mean over all experiments.",
    ),
    details([
      ["Independent groups (experiments that share a control count once)", units(result.groups)],
      ["Scale of the effects", scale],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

/** How often the proxy pointed the right way. */
export function backtestHeadline({ policies, experiments }: ProxyBacktest): string {
  const { proxy, macro } = DEFAULT_LABELS;
  const { agreement } = policies[0]!;
  return `Over ${units(experiments)} past experiments ${proxy} pointed the way that ${macro} went in the end in ${percent(agreement.estimate!)} (${intervalName(agreement.interval)}: ${between(agreement.interval, percent, SHARE_ENDS)}).`;
}

function row(
  { policy, ships, accuracy, wrongShipShare, gain, gainKept }: BacktestPolicy,
  effect: (value: number) => string,
): string[] {
  return [
    BACKTEST_POLICY_NAMES[policy],
    units(ships),
    accuracy.estimate === null ? "–" : roundShare(accuracy.estimate),
    wrongShipShare === null ? "–" : roundShare(wrongShipShare),
    gain.estimate === null ? "–" : effect(gain.estimate),
    gainKept === null || gainKept.estimate === null ? "–" : roundShare(gainKept.estimate),
  ];
}
