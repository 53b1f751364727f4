/**
 * The lifts λ = m₂/m₁ − 1 that a two-sided test at critical value z does not reject: between the two numbers, outside
 * them, or all. The numbers are not in the set where it is `outside`; a gap that holds every number is legal.
 */
export interface FiellerSet {
  readonly shape: "between" | "outside" | "all";
  readonly lower: number;
  readonly upper: number;
}

/** What Fieller's set needs: both means, how these means vary together, and the difference to its last digit. */
export interface FiellerInput {
  readonly control: number;
  readonly treatment: number;
  readonly difference: number;
  readonly controlVariance: number;
  readonly treatmentVariance: number;
  /** Of both means; 0 for independent arms. */
  readonly covariance: number;
}

/** A set and its input to be written into again and again, by those who need thousands. */
export type FiellerTarget = { -readonly [Field in keyof FiellerSet]: FiellerSet[Field] };
export type FiellerSource = { -readonly [Field in keyof FiellerInput]: FiellerInput[Field] };

function written(
  into: FiellerTarget,
  shape: FiellerSet["shape"],
  lower = -Infinity,
  upper = Infinity,
): FiellerSet {
  into.shape = shape;
  into.lower = lower;
  into.upper = upper;
  return into;
}

/**
 * Fieller's (1954) set for the lift: (m₂ − R m₁)² <= z² (v₂ − 2R c + R² v₁) with R = 1 + λ, solved on the scale of λ,
 * where it reads A λ² − 2Bλ + C <= 0 and a limit near 0 keeps its digits.
 *
 * @param into - what the set is written into; a new one unless given
 */
export function fiellerSet(
  { control, treatment, difference, controlVariance, treatmentVariance, covariance }: FiellerInput,
  z: number,
  into: FiellerTarget = { shape: "all", lower: -Infinity, upper: Infinity },
): FiellerSet {
  const reach = z * Math.sqrt(controlVariance);
  const a = (control - reach) * (control + reach);
  const b = difference * control + z * z * (controlVariance - covariance);
  const nullReach = z * Math.sqrt(Math.max(0, controlVariance + treatmentVariance - 2 * covariance));
  const c = (difference - nullReach) * (difference + nullReach);
  // The treatment's mean and variance beyond what the control's tells about them.
  const slope = controlVariance > 0 ? covariance / controlVariance : 0;
  const rest = treatment - slope * control;
  const discriminant =
    controlVariance * rest * rest + Math.max(0, treatmentVariance - slope * covariance) * a;
  const root = z * Math.sqrt(Math.max(0, discriminant));
  const q = b < 0 ? b - root : b + root;
  if (a > 0) {
    // q is 0 only where nothing varies and nothing differs.
    const first = q === 0 ? 0 : q / a;
    const second = q === 0 ? 0 : c / q;
    return written(into, "between", Math.min(first, second), Math.max(first, second));
  }
  // The control mean cannot be told from 0.
  if (a < 0) {
    if (discriminant <= 0) return written(into, "all");
    return written(into, "outside", Math.min(q / a, c / q), Math.max(q / a, c / q));
  }
  if (b !== 0) {
    const end = c / (2 * b);
    return b > 0 ? written(into, "outside", -Infinity, end) : written(into, "outside", end, Infinity);
  }
  return written(into, c <= 0 ? "all" : "outside");
}
