import type { Interval } from "../../core/interval.ts";
import { COLORS } from "./chart.ts";
import { BELOW_LINE, type DensityPanel, densityX, densityY } from "./density-plot.ts";
import { intervalParts } from "./interval-parts.ts";
import type { Layer } from "./layer.ts";

/** An interval as a bar below a density, with its median; arrows where it leaves the picture. */
export function densityInterval(panel: DensityPanel, interval: Interval, median: number): Layer[] {
  const { domain } = panel;
  const { bars, opensBelow, opensAbove } = intervalParts(interval, domain);
  const y = densityY("height");
  const symbols = (values: readonly number[], mark: object): Layer => ({
    data: { values: values.map((value) => ({ value, height: BELOW_LINE })) },
    mark: { type: "point", filled: true, opacity: 1, color: COLORS.ink, ...mark },
    encoding: { x: densityX("value", panel), y },
  });
  const arrow = { shape: "triangle", size: 70 };
  return [
    {
      data: { values: bars.map((bar) => ({ ...bar, height: BELOW_LINE })) },
      mark: { type: "rule", strokeWidth: 4, color: COLORS.ink },
      encoding: { x: densityX("from", panel), x2: { field: "to" }, y },
    },
    symbols(opensBelow ? [domain[0]] : [], { ...arrow, angle: -90 }),
    symbols(opensAbove ? [domain[1]] : [], { ...arrow, angle: 90 }),
    symbols(median >= domain[0] && median <= domain[1] ? [median] : [], { shape: "diamond", size: 130 }),
  ];
}
