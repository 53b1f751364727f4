import { checkBetween } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Warning } from "../core/warning.ts";
import { ARMS, type EachArm } from "./each-arm.ts";
import type { ConversionValues } from "./revenue-arm.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** The values of an arm's conversions, and how many there are; null where there are none. */
export interface ObservedValues extends ConversionValues {
  readonly conversions: number;
}

/** The shape of the distribution of values, and where it comes from. */
export interface ValueShape {
  readonly shape: number;
  readonly origin: string;
}

const SMALLEST_SHAPE = 1e-3;
const LARGEST_SHAPE = 1e6;

/** The shape as it is stated, or by moments, mean²/variance, from both arms; 1 where no variance is known. */
export function checkedValueShape(
  option: number | "moments" | undefined,
  values: EachArm<ObservedValues | null>,
): ValueShape {
  if (option !== undefined && option !== "moments") {
    checkBetween("valueShape", option, SMALLEST_SHAPE, LARGEST_SHAPE);
    return { shape: option, origin: "as stated" };
  }
  let [squares, degreesOfFreedom] = [0, 0];
  for (const arm of ARMS) {
    const known = values[arm];
    if (known?.variance === undefined) continue;
    squares += (known.conversions - 1) * (known.variance / known.mean / known.mean);
    degreesOfFreedom += known.conversions - 1;
  }
  if (degreesOfFreedom === 0) {
    if (option === undefined) return { shape: 1, origin: "exponential, since their variance is not known" };
    throw new DomainError("valueShape", option, "needs the variance of at least 2 values");
  }
  const shape = degreesOfFreedom / squares;
  if (!(shape >= SMALLEST_SHAPE && shape <= LARGEST_SHAPE)) {
    throw new DomainError(
      "valueShape",
      option,
      `must be stated where mean²/variance of the values (${shape.toPrecision(3)}) is not between ${SMALLEST_SHAPE} and ${LARGEST_SHAPE}`,
    );
  }
  return { shape, origin: "mean²/variance of the values, taken as known" };
}

/** Below so many values their variance tells little. */
const FEWEST = 20;
/** Of the log of variance/mean² over that of the model, in standard errors; and in size, of the standard deviation. */
const SURPRISING = 3.3;
const RELEVANT = 1.25;

/** Whether the values of an arm vary otherwise than the shape says, so that the posterior's width is wrong. */
export function shapeCautions(shape: number, values: EachArm<ObservedValues | null>): Warning[] {
  return ARMS.flatMap((arm): Warning[] => {
    const known = values[arm];
    if (known?.variance === undefined || known.conversions < FEWEST) return [];
    const ratio = Math.sqrt(known.variance * shape) / known.mean;
    // The moment estimate of a gamma shape has the variance 2 shape (shape + 1) / n.
    const standardError = Math.sqrt((2 * (1 + 1 / shape)) / known.conversions);
    const isSurprising = Math.abs(2 * ln(ratio)) > SURPRISING * standardError;
    if (!isSurprising || Math.max(ratio, 1 / ratio) < RELEVANT) return [];
    return [
      {
        code: "VALUE_SHAPE_CONTRADICTED",
        message: `The values in the ${arm} vary ${ratio.toPrecision(3)} times as much as a gamma distribution of shape ${shape.toPrecision(3)} says: the posterior of their mean is too ${ratio > 1 ? "narrow" : "wide"} by about that factor.`,
      },
    ];
  });
}
