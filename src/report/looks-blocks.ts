import type { MetricReadout } from "../experiment/read-metrics.ts";
import type { SequentialReadout } from "../experiment/sequential-readout.ts";
import { type Block, details, lead, paragraph, picture, section, table, title } from "./block.ts";
import { closing, lookedFor } from "./closing.ts";
import { amount, change, LIFT_ENDS, percent, pFigure, signed, units } from "./figures.ts";
import { effectSentence } from "./effect-text.ts";
import { quoted } from "./labels.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** The looks at the macro metric of a watched test, with its boundaries; nothing for a test that is read once. */
export function looksBlocks({ name, sequential }: MetricReadout): Block[] {
  if (sequential === null) return [];
  return [section(`The looks at ${quoted(name)}`), picture(sequential), ...tableOfLooks(sequential)];
}

/** A watched test by itself: what its looks have come to. */
export function describeSequentialReadout(result: SequentialReadout): Block[] {
  return [
    title("The looks so far"),
    lead(looksFinding(result)),
    picture(result),
    ...tableOfLooks(result),
    details([
      ["Units in control at the planned end", units(result.planned.control)],
      ["Next look, units in control", result.nextLook === null ? null : units(result.nextLook.control)],
      ["Lift, with the looks accounted for", effectSentence(result.lift, change, LIFT_ENDS)],
      ["False alarms allowed (alpha)", percent(result.alpha)],
      ["The test looks for", lookedFor(result.alternative)],
      ["Boundaries", result.method],
    ]),
    ...closing(result),
  ];
}

/** What the looks have come to, in one sentence. */
export function looksFinding({ decision, stoppedAt, looks }: SequentialReadout): string {
  const at = stoppedAt ?? looks.length;
  const look = looks[at - 1]!;
  const z = look.z === null ? "nothing varies yet" : `z is ${signed(Number(look.z.toFixed(2)))}`;
  switch (decision) {
    case "reject":
      return `Look ${at} passed the boundary: ${z}. The treatment is ${look.z! > 0 ? "higher" : "lower"}.`;
    case "futility":
      return `Look ${at} came to the boundary of futility: ${z}, and a finding has become unlikely.`;
    case "accept":
      return `The test has come to its end without a clear difference: ${z} at look ${at}.`;
    case "continue":
      return `Nothing is decided after look ${at}: ${z}, short of the boundary.`;
  }
}

function tableOfLooks(sequential: SequentialReadout): Block[] {
  const { looks, alternative, method } = sequential;
  const hasFutility = looks.some(({ futility }) => futility !== null);
  const z = alternative === "two-sided" ? "|z|" : "z";
  const sign = alternative === "less" ? -1 : 1;
  const read = method === "group-sequential" ? "p over all looks" : "Always-valid p";
  return [
    paragraph("Units are those whose outcome is final; z counts standard errors of the effect from 0."),
    table(
      ["Look", "Units in control", "z", `Stop at ${z}`, ...(hasFutility ? [`Give up at ${z}`] : []), read],
      looks.map((look, i) => [
        String(i + 1),
        units(look.matured.control),
        look.z === null ? "unknown" : figure(look.z),
        figure(sign * look.boundary),
        ...(hasFutility ? [isEnd(sequential, i) ? "-" : figure(sign * look.futility!)] : []),
        look.pValue === null ? "-" : pFigure(look.pValue, ln(look.pValue)),
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
