import type { Alternative } from "../core/alternative.ts";
import type { MetricReadout } from "../experiment/read-metrics.ts";
import type { SequentialReadout } from "../experiment/sequential-readout.ts";
import { type Block, nested, section, table } from "./block.ts";
import { amount, pFigure, units } from "./figures.ts";
import { quoted } from "./labels.ts";

/** The looks at the macro metric of a watched test, with its boundaries; nothing for a test that is read once. */
export function looksBlocks({ name, sequential }: MetricReadout): Block[] {
  if (sequential === null) return [];
  const { looks, alternative, method } = sequential;
  const hasFutility = looks.some(({ futility }) => futility !== null);
  const [stopsAt, givesUpAt] = SIDES[alternative];
  const sign = alternative === "less" ? -1 : 1;
  return [
    ...nested([section(`The looks at ${quoted(name)}`)]),
    table(
      [
        "Look",
        "Final units in control",
        "In treatment",
        "Standard errors from 0 (z)",
        `Stop where ${stopsAt}`,
        ...(hasFutility ? [`Give up where ${givesUpAt}`] : []),
        method === "group-sequential" ? "p over all looks" : "Always-valid p",
      ],
      looks.map((look, i) => [
        String(i + 1),
        units(look.matured.control),
        units(look.matured.treatment),
        look.z === null ? "unknown" : figure(look.z),
        look.boundary === Infinity ? "never" : figure(sign * look.boundary),
        ...(hasFutility ? [isEnd(sequential, i) ? "-" : figure(sign * look.futility!)] : []),
        look.pValue === null ? "-" : pFigure(look.pValue, Math.log(look.pValue)),
      ]),
    ),
  ];
}

const SIDES: Readonly<Record<Alternative, readonly [stopsAt: string, givesUpAt: string]>> = {
  "two-sided": ["|z| is above", "|z| is below"],
  greater: ["z is above", "z is below"],
  less: ["z is below", "z is above"],
};

/** Whether both boundaries meet at a look, so that it ends the test anyway. */
function isEnd({ looks }: SequentialReadout, i: number): boolean {
  const { futility, boundary } = looks[i]!;
  return futility === null || futility === boundary;
}

function figure(z: number): string {
  if (z === -Infinity) return "never";
  return amount(Number(z.toFixed(2)));
}
