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

const ALL: FiellerSet = { shape: "all", lower: -Infinity, upper: Infinity };

/**
 * Fieller's (1954) set for the lift: (m₂ − R m₁)² <= z² (v₂ − 2R c + R² v₁) with R = 1 + λ, solved on the scale of λ,
 * where it reads A λ² − 2Bλ + C <= 0 and a limit near 0 keeps its digits.
 */
export function fiellerSet(
  { control, treatment, difference, controlVariance, treatmentVariance, covariance }: FiellerInput,
  z: number,
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
    const [first, second] = q === 0 ? [0, 0] : [q / a, c / q];
    return { shape: "between", lower: Math.min(first, second), upper: Math.max(first, second) };
  }
  // The control mean cannot be told from 0.
  if (a < 0) {
    if (discriminant <= 0) return ALL;
    return { shape: "outside", lower: Math.min(q / a, c / q), upper: Math.max(q / a, c / q) };
  }
  if (b !== 0) {
    const end = c / (2 * b);
    return b > 0
      ? { shape: "outside", lower: -Infinity, upper: end }
      : { shape: "outside", lower: end, upper: Infinity };
  }
  return c <= 0 ? ALL : { shape: "outside", lower: -Infinity, upper: Infinity };
}
