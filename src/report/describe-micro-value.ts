import type { Estimate } from "../core/estimate.ts";
import type { MicroValue } from "../proxy/micro-value.ts";
import { answers, type Block, details, lead, section, table, title } from "./block.ts";
import { closing } from "./closing.ts";
import { effectRow } from "./effect-text.ts";
import { amount, between, intervalName, REAL_ENDS, times } from "./figures.ts";
import { capital, DEFAULT_LABELS } from "./labels.ts";

/** What one more micro conversion is worth. */
export function describeMicroValue(result: MicroValue): Block[] {
  const { proxy } = DEFAULT_LABELS;
  const { correlational, againstNonConverters, incremental, inflation, acrossExperiments, zMicro } = result;
  return [
    title("What a micro conversion is worth"),
    lead(headline(result)),
    answers([
      [
        "By correlation",
        correlational.estimate === null
          ? null
          : `Those with ${proxy} bring ${amount(correlational.estimate)} each, but many of them would have bought anyway.`,
      ],
      [
        "Beside this change",
        inflation.estimate === null || inflation.estimate <= 0
          ? null
          : `The value by correlation is ${times(inflation.estimate)} what this change shows (${intervalName(inflation.interval)}: ${between(inflation.interval, amount, REAL_ENDS)}).`,
      ],
      [
        "Past tests",
        acrossExperiments === null || acrossExperiments.value.estimate === null
          ? null
          : `Over past changes one more micro conversion went with ${amount(acrossExperiments.value.estimate)} (${intervalName(acrossExperiments.value.interval)}: ${between(acrossExperiments.value.interval, amount, REAL_ENDS)}).`,
      ],
    ]),
    section("Four ways to count it"),
    table(
      ["Value of one more", "Estimate", "Interval"],
      [
        row("By correlation", correlational),
        row("Against those without it", againstNonConverters),
        row("Gained by this change", incremental),
        ...(acrossExperiments === null ? [] : [row("Across past changes", acrossExperiments.value)]),
      ],
    ),
    details([
      ["Value of one sale", amount(result.valuePerMacro)],
      [`${capital(proxy)}'s effect, in standard errors`, zMicro === null ? null : amount(zMicro)],
      ["Correlational over incremental", inflation.estimate === null ? null : amount(inflation.estimate)],
    ]),
    ...closing(result),
  ];
}

function headline({ incremental: { estimate, interval } }: MicroValue): string {
  return estimate === null
    ? "What one more is worth cannot be determined from this experiment: the change did not move it."
    : `One more was worth ${amount(estimate)} in this experiment (${intervalName(interval)}: ${between(interval, amount, REAL_ENDS)}).`;
}

function row(name: string, estimate: Estimate): string[] {
  return effectRow(name, estimate, amount, REAL_ENDS);
}
