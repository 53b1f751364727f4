import type { AssistedDay } from "../proxy/assisted-day.ts";
import type { SequentialProxyAssisted } from "../proxy/sequential-proxy-assisted.ts";
import { answers, type Block, details, lead, section, table, title } from "./block.ts";
import { closing } from "./closing.ts";
import { amount, chance, days, effectFigure, percent, roundShare, units } from "./figures.ts";
import { DEFAULT_LABELS } from "./labels.ts";

/** Deciding day by day by proxy and sales. */
export function describeSequentialAssisted(result: SequentialProxyAssisted): Block[] {
  const { macro } = DEFAULT_LABELS;
  const { looks, everyLook, lastLook, simulation, shipThreshold, scale } = result;
  return [
    title("Proxy and sales, day by day"),
    lead(headline(result)),
    answers([
      [
        "False alarms",
        `A change that does nothing for ${macro} ships at some look with a chance of ${chance(everyLook.falseShipRate)}; looking on the last day alone, ${chance(lastLook.falseShipRate)}.`,
      ],
      [
        "Wrong ships",
        everyLook.shipShare === 0
          ? "None: by this rule no change ships in this time."
          : `Of all changes ${percent(everyLook.shipShare)} ship, and of these ${percent(everyLook.wrongShipShare)} lose ${macro}.`,
      ],
      [
        "Time",
        everyLook.meanShipDay === null
          ? null
          : `Those that ship do so after ${days(everyLook.meanShipDay)} on average.`,
      ],
      [
        "Simulated",
        simulation === null
          ? null
          : `These shares are from ${units(simulation.draws)} simulated experiments; that of false alarms has a standard error of ${percent(simulation.falseShipRateStandardError)}.`,
      ],
    ]),
    section("By day"),
    table(
      ["Day", "Sales of", "Worth", "Effect on sales", "Chance of a gain", "Shipped"],
      looks.map((look) => row(look, scale)),
    ),
    details([
      ["Ships above a chance of a gain of", percent(shipThreshold)],
      ["Expected gain of a change tested", effectFigure(scale)(everyLook.expectedGain)],
      ["Sales are read on", result.method === "mature-cohorts" ? "mature cohorts" : "all cohorts"],
    ]),
    ...closing(result),
  ];
}

function headline({ firstShipDay, looks, shipThreshold }: SequentialProxyAssisted): string {
  if (firstShipDay !== null)
    return `Ship: day ${amount(firstShipDay)} was the first on which the rule allowed it.`;
  const last = looks.findLast(({ posterior }) => posterior !== null);
  return last === undefined
    ? "Before the test: what deciding day by day would do."
    : `Not yet: on day ${amount(last.day)} the chance of a gain is ${chance(last.posterior!.probabilityPositive)}, and the rule asks for more than ${percent(shipThreshold)}.`;
}

function row(look: AssistedDay, scale: SequentialProxyAssisted["scale"]): string[] {
  const { day, nMacro, macroEquivalentN, posterior, shipsBy } = look;
  return [
    amount(day),
    units(nMacro),
    units(macroEquivalentN),
    posterior === null ? "–" : effectFigure(scale)(posterior.mean),
    posterior === null ? "–" : roundShare(posterior.probabilityPositive),
    roundShare(shipsBy),
  ];
}
