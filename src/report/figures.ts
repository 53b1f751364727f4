import type { Interval } from "../core/interval.ts";
import { NO_BREAK_SPACE } from "./plain-text.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { log10 } from "../numerics/elementary/log10.ts";

// Numbers as people read them. Nothing is lost to rounding that changes a reading: a share just short of 100 % is not
// shown as 100 %, and what has no end is said in words.

const DIGITS = 3;
/** From here on, and below its inverse in small numbers, a power of ten reads better than the zeros. */
const LARGEST_WRITTEN_OUT = 1e15;
const SMALLEST_WRITTEN_OUT = 1e-6;

/** A number with so many significant digits, whole numbers in full: `80,682`, `0.653`, `3.1 × 10^-9`. */
export function amount(value: number, digits: number = DIGITS): string {
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return value > 0 ? "no upper limit" : "no lower limit";
  const size = Math.abs(value);
  if (size >= LARGEST_WRITTEN_OUT || size < SMALLEST_WRITTEN_OUT) {
    const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
    return `${withoutZeros(mantissa!)}${NO_BREAK_SPACE}×${NO_BREAK_SPACE}10^${Number(exponent)}`;
  }
  const decimals = Math.max(0, digits - 1 - Math.floor(log10(size)));
  return grouped(withoutZeros(value.toFixed(decimals)));
}

/** A figure that may be infinite without being a limit: a statistic, an elasticity. */
export function finite(value: number): string {
  return Number.isFinite(value) ? amount(value) : "without limit";
}

/** An amount with its sign. */
export function signed(value: number, digits: number = DIGITS): string {
  return Number.isFinite(value) && value > 0 ? `+${amount(value, digits)}` : amount(value, digits);
}

/** A share in per cent: `0.573 %`, `99.98 %`. */
export function percent(share: number): string {
  const value = 100 * share;
  if (!Number.isFinite(value)) return amount(value);
  return `${amount(value, digitsOf(value))}${NO_BREAK_SPACE}%`;
}

/** Enough digits to tell a share from 100 %. */
function digitsOf(value: number): number {
  if (!(value > 90 && value < 100)) return DIGITS;
  return Math.min(15, Math.max(DIGITS, 3 - Math.floor(log10(100 - value))));
}

/** Smaller changes are the rounding of a computation that finds none. */
const NO_CHANGE = 1e-9;

/** A change in per cent, with its sign: `+12.3 %`. */
export function change(share: number): string {
  if (Math.abs(share) < NO_CHANGE) return percent(0);
  return share > 0 && Number.isFinite(share) ? `+${percent(share)}` : percent(share);
}

/** A difference of two rates in percentage points: `+0.68 pp`. */
export function points(difference: number): string {
  return `${signed(100 * difference)}${NO_BREAK_SPACE}pp`;
}

/** What a choice may lose, in percentage points without a sign; the smallest losses are of no interest. */
export function shortfall(difference: number): string {
  return difference < 1e-6 ? `less than 0.0001${NO_BREAK_SPACE}pp` : points(difference).slice(1);
}

/** Effects on either scale in words: lifts, or percentage points; differences of what is no rate as they are. */
export function effectFigure(
  scale: "difference" | "log-lift",
  isRate: boolean = true,
): (effect: number) => string {
  if (scale === "log-lift") return (logLift) => change(expm1(logLift));
  return isRate ? points : (difference) => signed(difference);
}

/** The size of an effect on either scale, such as a standard deviation: without a sign. */
export function effectSize(scale: "difference" | "log-lift"): (size: number) => string {
  return scale === "difference"
    ? (size) => `${amount(100 * size)}${NO_BREAK_SPACE}pp`
    : (size) => percent(expm1(size));
}

/** A probability as a chance in words, where rounding must not make it certain: `more than 99.99 %`. */
export function chance(probability: number): string {
  if (probability > 0.9999) return `more than 99.99${NO_BREAK_SPACE}%`;
  if (probability < 0.0001) return `less than 0.01${NO_BREAK_SPACE}%`;
  return percent(probability);
}

/** A share in whole per cent, for columns: `52 %`, `< 1 %`, `> 99 %`. */
export function roundShare(share: number): string {
  if (share > 0.99 && share < 1) return `>${NO_BREAK_SPACE}99${NO_BREAK_SPACE}%`;
  if (share < 0.01 && share > 0) return `<${NO_BREAK_SPACE}1${NO_BREAK_SPACE}%`;
  return `${Math.round(100 * share)}${NO_BREAK_SPACE}%`;
}

/** Units, whole: `80,682`. */
export function units(n: number, unlimited = "no number is enough"): string {
  if (n === Infinity) return unlimited;
  return amount(n < 10 ? n : Math.ceil(n));
}

/** A factor: `5.4×`. */
export function times(factor: number): string {
  if (factor === Infinity) return "without limit";
  return `${amount(factor, factor >= 10 ? DIGITS : 2)}×`;
}

/** Days, and whole weeks beside them where known: `19.3 days (3 weeks)`. */
export function days(value: number, weeks?: number): string {
  if (value === Infinity) return "never";
  const text = `${amount(value)}${NO_BREAK_SPACE}${value === 1 ? "day" : "days"}`;
  if (weeks === undefined) return text;
  return `${text} (${amount(weeks)}${NO_BREAK_SPACE}${weeks === 1 ? "week" : "weeks"})`;
}

/** A p-value in a sentence: `p = 0.012`, `p < 0.0001`, `p = 10^-57`. */
export function pValue(p: number, logP: number): string {
  const figure = pFigure(p, logP);
  return /^[<>]/.test(figure)
    ? `p${NO_BREAK_SPACE}${figure}`
    : `p${NO_BREAK_SPACE}=${NO_BREAK_SPACE}${figure}`;
}

/** The same in the cell of a table: `0.012`, `< 0.0001`, `10^-57`. */
export function pFigure(p: number, logP: number): string {
  if (p > 0.99 && p < 1) return `>${NO_BREAK_SPACE}0.99`;
  if (p >= 0.0001) return amount(p, 2);
  const power = logP / Math.LN10;
  if (power > -10) return `<${NO_BREAK_SPACE}0.0001`;
  return power === -Infinity ? "0" : `10^${Math.round(power)}`;
}

/** How often something of this probability happens: `about once in 40 such tests`. */
export function frequency(probability: number): string {
  if (probability >= 0.1) return `in ${percent(probability)} of such tests`;
  if (probability < 1e-6) return "less than once in a million such tests";
  return `about once in ${amount(Number(Math.round(1 / probability).toPrecision(DIGITS)))} such tests`;
}

/** Where a quantity ends by itself: a difference of rates at ±1, a lift at −1. */
export interface Ends {
  readonly lower: number;
  readonly upper: number;
}
export const LIFT_ENDS: Ends = { lower: -1, upper: Infinity };
export const RATE_DIFFERENCE_ENDS: Ends = { lower: -1, upper: 1 };
export const RATIO_ENDS: Ends = { lower: 0, upper: Infinity };
export const REAL_ENDS: Ends = { lower: -Infinity, upper: Infinity };

/** An interval in words that follow "is" or "lies": `between +1.2 % and +9.8 %`. */
export function between(
  { lower, upper, excluded }: Pick<Interval, "lower" | "upper" | "excluded">,
  format: (value: number) => string,
  ends: Ends = REAL_ENDS,
): string {
  if (excluded !== null) {
    return `at most ${format(excluded.lower)}, or at least ${format(excluded.upper)}; only what lies between is ruled out`;
  }
  const isOpenBelow = lower <= ends.lower;
  const isOpenAbove = upper >= ends.upper;
  if (isOpenBelow && isOpenAbove) return "anything, nothing is ruled out";
  if (isOpenBelow) return `at most ${format(upper)}`;
  if (isOpenAbove) return `at least ${format(lower)}${upper === Infinity ? ", with no upper limit" : ""}`;
  return `between ${format(lower)} and ${format(upper)}`;
}

/** An interval in the cell of a table: `+1.2 % to +9.8 %`. */
export function span(
  { lower, upper, excluded }: Pick<Interval, "lower" | "upper" | "excluded">,
  format: (value: number) => string,
  ends: Ends = REAL_ENDS,
): string {
  if (excluded !== null) return `up to ${format(excluded.lower)}, or from ${format(excluded.upper)}`;
  const isOpenBelow = lower <= ends.lower;
  const isOpenAbove = upper >= ends.upper;
  if (isOpenBelow && isOpenAbove) return "anything";
  if (isOpenBelow) return `up to ${format(upper)}`;
  if (isOpenAbove) return `from ${format(lower)}`;
  return `${format(lower)} to ${format(upper)}`;
}

/** The name of an interval by its coverage: `95 % interval`. */
export function intervalName({ confidenceLevel }: Pick<Interval, "confidenceLevel">): string {
  return `${percent(confidenceLevel)} interval`;
}

function withoutZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

function grouped(text: string): string {
  const [whole, fraction] = text.split(".");
  const thousands = whole!.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? thousands : `${thousands}.${fraction}`;
}
