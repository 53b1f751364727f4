import type { Side } from "../numerics/beside-line.ts";
import type { Cumulants } from "./cumulants.ts";

/** What an effect's posterior is beside one value of it. */
export interface BesideValue {
  /** ln P(the effect lies on that side of the value), computed as a tail of its own. */
  readonly logProbability: number;
  /** ln of the posterior density at the value. */
  readonly logDensity: number;
}

/**
 * The posterior of an effect, on the scale on which it is nearest to normal: a difference as it is, ratios of rates and
 * of odds by their logs. Quantiles and intervals are found on this scale, from these four members alone, whatever the
 * model behind it.
 */
export interface Contrast {
  beside(value: number, side: Side): BesideValue;
  /** Ends of the effect, or of where it can be computed; never reached. */
  readonly lowest: number;
  readonly highest: number;
  /** The quantile, where it lies beyond these ends; null where it does not. Absent where nothing lies beyond. */
  quantileBeyond?(side: Side, tail: number): number | null;
  /**
   * Whether the density of the effect, as it is reported, is highest at its lowest end; absent where that is not known.
   */
  readonly isHighestAtLowest?: boolean;
  /** Cumulants of the effect, or something near to them, for a starting point. */
  readonly cumulants: Cumulants;
}
