// Correlation, between users, of a micro and a macro conversion (the phi coefficient of their 2 x 2 table). It is also
// the sampling correlation of the two effect estimates of an experiment.

/** Every buyer went through the micro conversion: phi² = odds(macro) / odds(micro). */
export function nestedCorrelation(microRate: number, macroRate: number): number {
  return Math.sqrt((macroRate * (1 - microRate)) / (microRate * (1 - macroRate)));
}

/** The correlation when `macroGivenMicro` of the micro converters convert in full. */
export function correlationGivenMicro(microRate: number, macroRate: number, macroGivenMicro: number): number {
  return (
    (macroGivenMicro - macroRate) * Math.sqrt(microRate / ((1 - microRate) * macroRate * (1 - macroRate)))
  );
}

/** What the two rates alone allow (Fréchet 1951): from as disjoint as can be to one inside the other. */
export function correlationBounds(
  microRate: number,
  macroRate: number,
): { readonly lower: number; readonly upper: number } {
  const [small, large] = microRate < macroRate ? [microRate, macroRate] : [macroRate, microRate];
  const product = (small * large) / ((1 - small) * (1 - large));
  return { lower: -Math.sqrt(Math.min(product, 1 / product)), upper: nestedCorrelation(large, small) };
}
