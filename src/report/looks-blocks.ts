import type { MetricReadout } from "../experiment/read-metrics.ts";
import type { SequentialReadout } from "../experiment/sequential-readout.ts";
import { type Block, nested, paragraph, section, table } from "./block.ts";
import { amount, pFigure, units } from "./figures.ts";
import { quoted } from "./labels.ts";

/** The looks at the macro metric of a watched test, with its boundaries; nothing for a test that is read once. */
export function looksBlocks({ name, sequential }: MetricReadout): Block[] {
  if (sequential === null) return [];
  const { looks, alternative, method } = sequential;
  const hasFutility = looks.some(({ futility }) => futility !== null);
  const z = alternative === "two-sided" ? "|z|" : "z";
  const sign = alternative === "less" ? -1 : 1;
  const read = method === "group-sequential" ? "p over all looks" : "Always-valid p";
  return [
    ...nested([section(`The looks at ${quoted(name)}`)]),
    paragraph("Units are those whose outcome is final; z counts standard errors of the effect from 0."),
    table(
      ["Look", "Units in control", "z", `Stop at ${z}`, ...(hasFutility ? [`Give up at ${z}`] : []), read],
      looks.map((look, i) => [
        String(i + 1),
        units(look.matured.control),
        look.z === null ? "unknown" : figure(look.z),
        figure(sign * look.boundary),
        ...(hasFutility ? [isEnd(sequential, i) ? "-" : figure(sign * look.futility!)] : []),
        look.pValue === null ? "-" : pFigure(look.pValue, Math.log(look.pValue)),
      ]),
    ),
  ];
}

/** Whether both boundaries meet at a look, so that it ends the test anyway. */
function isEnd({ looks }: SequentialReadout, i: number): boolean {
  const { futility, boundary } = looks[i]!;
  return futility === null || futility === boundary;
}

function figure(z: number): string {
  if (Math.abs(z) === Infinity) return "never";
  return amount(Number(z.toFixed(2)));
}
