import type { MonitoringChoice, PlannedLook } from "../experiment/monitoring-plan.ts";
import type { PlannedExperiment } from "../experiment/plan-experiment.ts";
import { type Block, section, table } from "./block.ts";
import { amount, chance, change, units } from "./figures.ts";

/** How a test is watched, in words. */
export const WATCHED: Readonly<Record<PlannedExperiment["monitoring"]["method"], string>> = {
  "fixed-horizon": "read once, at the end",
  "group-sequential": "at planned looks (group-sequential)",
  "normal-mixture": "at any time (mixture SPRT)",
  asymptotic: "at any time (asymptotic)",
};

/** The looks with their boundaries, and what other ways of watching would cost and save. */
export function watchBlocks({ monitoring }: PlannedExperiment): Block[] {
  const { looks, choices, design } = monitoring;
  const z = design?.alternative === "two-sided" ? "|z|" : "z";
  const hasFutility = looks.some(({ futility }) => futility !== null);
  return [
    ...(looks.length === 0
      ? []
      : [
          section("When to look, and when to stop"),
          table(
            [
              "Look",
              "Day",
              "In control",
              "Stop below p",
              "At a lift of about",
              z,
              ...(hasFutility ? [`Give up below ${z}`] : []),
              "Found by then",
            ],
            looks.map((look, i) => [
              String(i + 1),
              look.day === null ? "not known" : dayCount(look.day),
              units(look.control),
              amount(look.criticalPValue),
              liftText(look.lift),
              amount(look.efficacy),
              ...(hasFutility
                ? [i === looks.length - 1 || look.futility === null ? "-" : amount(look.futility)]
                : []),
              chance(look.cumulativePower),
            ]),
          ),
        ]),
    ...(choices.length === 0
      ? []
      : [
          section(`Ways to watch it, in ${choices[0]!.days === null ? "units of control" : "days"}`),
          choicesTable(choices),
        ]),
  ];
}

/** Days in a column that says so. */
export function dayCount(value: number): string {
  return value === Infinity ? "never" : amount(value);
}

/** From which lifts on a look stops, either side or both. */
function liftText({ lower, upper }: PlannedLook["lift"]): string {
  const ends = [lower, upper].flatMap((lift) =>
    lift === null ? [] : [Number.isFinite(lift) ? change(lift) : "no lift"],
  );
  return ends.length === 0 ? "-" : ends.join(" or ");
}

function choicesTable(choices: readonly MonitoringChoice[]): Block {
  const inDays = choices[0]!.days !== null;
  const figures = ({ days: time, units: size }: MonitoringChoice): string[] => {
    const { atMost: most, expectedWithEffect, expectedWithoutEffect } = time ?? size;
    const figure = (value: number): string => (inDays ? dayCount(value) : units(value));
    return [figure(most), figure(expectedWithEffect), figure(expectedWithoutEffect)];
  };
  return table(
    ["", "Looks", "At most", "With the lift", "Without it"],
    choices.map((choice) => [
      WATCHED[choice.method],
      choice.looks === Infinity ? "any" : amount(choice.looks),
      ...figures(choice),
    ]),
  );
}
