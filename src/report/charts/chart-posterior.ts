import { type ConjugateComparison, effectDensity } from "../../bayesian/effect-density.ts";
import { betterSentence, writingOf } from "../describe-posterior-comparison.ts";
import { chance, intervalName, span } from "../figures.ts";
import { capital } from "../labels.ts";
import { armDensities } from "./arm-densities.ts";
import { chart, COLORS } from "./chart.ts";
import { chartPosteriorEffects } from "./chart-posterior-effects.ts";
import { densityInterval } from "./density-interval.ts";
import {
  DENSITY_WIDTH,
  type DensityPanel,
  densityArea,
  densityFloor,
  densityLine,
  densityMark,
  densityWords,
  pointsBeside,
} from "./density-plot.ts";
import { effectAxis } from "./effect-axis.ts";
import { drawnLayers, type Layer } from "./layer.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

const EFFECT_HEIGHT = 190;
const ARMS_HEIGHT = 130;
/** A lift that may be larger has no scale on which it can be seen: the difference is drawn. */
const LARGEST_LIFT = 20;
/** Fewer make no curve: all of the effect lies next to an end of its range. */
const FEWEST_POINTS = 20;
/** No effect is in the picture where the effect is not farther off than so many times its own width. */
const FARTHEST_ZERO = 2;

/** The posterior of the effect, with the part above no effect; below it those of both arms. */
export function chartPosterior(result: ConjugateComparison): VegaLiteSpec {
  const isLift = result.lift.median !== null && result.lift.interval.upper <= LARGEST_LIFT;
  const scale = isLift ? "lift" : "difference";
  const axis = effectAxis(scale, result.kind === "beta-binomial-comparison");
  const { highestDensityInterval, median } = result[scale];
  const { posterior, prior } = effectDensity(result, scale);
  const peak = posterior.reduce(
    (most, { density }) => (density < Infinity ? Math.max(most, density) : most),
    0,
  );
  if (posterior.length < FEWEST_POINTS || peak === 0) return chartPosteriorEffects(result);
  const panel: DensityPanel = {
    domain: domainOf(posterior.map(({ value }) => value)),
    title: axis.title,
    labelExpr: axis.labelExpr,
    peak,
  };
  const figures = span(highestDensityInterval, axis.format, axis.ends);
  const { value } = writingOf(result);
  const arms = (["control", "treatment"] as const).map((arm) => {
    const { mean, interval } = result.posterior[arm];
    return `${capital(arm)}: ${value(mean)} (${span(interval, value)}).`;
  });
  return chart(
    {
      finding: betterSentence(result),
      detail: `Posterior of the ${scale}: darker where the treatment is higher. The bar below is the shortest ${intervalName(highestDensityInterval)}, ${figures}, with the median.${prior === null ? "" : " Dashed: the prior."} At the bottom: both arms.`,
      description: `${capital(scale)}: median ${axis.format(median!)}, shortest ${intervalName(highestDensityInterval)} ${figures}; higher in the treatment with a chance of ${chance(result.probabilityToBeat)}. ${arms.join(" ")}`,
    },
    {
      width: undefined,
      spacing: 20,
      vconcat: [
        {
          width: DENSITY_WIDTH,
          height: EFFECT_HEIGHT,
          layer: drawnLayers([
            densityArea(panel, pointsBeside(posterior, 0, "below"), COLORS.grid),
            densityArea(panel, pointsBeside(posterior, 0, "above"), COLORS.band),
            densityLine(panel, posterior, { color: COLORS.treatment, strokeWidth: 2 }),
            ...(prior === null
              ? []
              : [densityLine(panel, prior, { color: COLORS.ink, strokeWidth: 1.5, strokeDash: [5, 4] })]),
            densityFloor(panel),
            ...sides(result, panel),
            ...densityInterval(panel, highestDensityInterval, median!),
          ]),
        },
        { width: DENSITY_WIDTH, height: ARMS_HEIGHT, layer: drawnLayers(armDensities(result)) },
      ],
    },
  );
}

/** Of the values shown, with no effect where that is not far off. */
function domainOf(values: readonly number[]): [number, number] {
  const [lowest, highest] = [values[0]!, values.at(-1)!];
  const reach = FARTHEST_ZERO * (highest - lowest);
  return [
    lowest > 0 && lowest < reach ? -0.05 * highest : lowest,
    highest < 0 && -highest < reach ? -0.05 * lowest : highest,
  ];
}

/** How probable either side of no effect is, where it is in the picture. */
function sides({ probabilityToBeat, probabilityToLose }: ConjugateComparison, panel: DensityPanel): Layer[] {
  const [lowest, highest] = panel.domain;
  if (lowest > 0 || highest < 0) return [];
  const at = { value: 0, height: 1.12 };
  return [
    densityMark(panel, 0),
    densityWords(
      panel,
      { ...at, text: `higher: ${chance(probabilityToBeat)}` },
      { align: "left", dx: 8, fontWeight: 600 },
    ),
    densityWords(panel, { ...at, text: `lower: ${chance(probabilityToLose)}` }, { align: "right", dx: -8 }),
  ];
}
