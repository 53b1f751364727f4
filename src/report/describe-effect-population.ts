import type { EffectPopulation } from "../proxy/effect-population.ts";
import type { FittedEffectPopulation } from "../proxy/fit-effect-population.ts";
import { type Block, details, lead, section, table, title } from "./block.ts";
import { closing } from "./closing.ts";
import { amount, percent, units } from "./figures.ts";

/** A narrow part so many times narrower does nothing that anybody could see. */
const HARDLY_ANYTHING = 1e4;

/** The shape of the population of changes. */
export function describeEffectPopulation(result: FittedEffectPopulation): Block[] {
  const { population, families, count, tau, mean } = result;
  return [
    title("What changes are like"),
    lead(`The true effects of ${units(count)} past changes: ${populationName(population)}.`),
    section("The shapes, side by side"),
    table(
      ["Shape", "AIC", "Spread"],
      families.map((fit) => [
        fit.population === null ? `${fit.family}, without a covariance` : populationName(fit.population),
        amount(fit.aic, 6),
        fit.tau === null ? "–" : amount(fit.tau),
      ]),
    ),
    details([
      ["Standard deviation of true effects", amount(tau)],
      ["Mean of true effects", amount(mean)],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

function populationName(population: EffectPopulation): string {
  switch (population.family) {
    case "normal":
      return "normal";
    case "spike-and-normal":
      return `${percent(population.probabilityOfNoEffect)} do nothing, the others are normal`;
    case "student-t":
      return population.degreesOfFreedom === Infinity
        ? "normal"
        : `Student's t with ${amount(population.degreesOfFreedom)} degrees of freedom`;
    case "two-normals":
      return population.spreadRatio > HARDLY_ANYTHING
        ? `${percent(population.wideProbability)} move, the others hardly at all`
        : `${percent(population.wideProbability)} are spread ${amount(population.spreadRatio)} times as far as the others`;
    case "scale-mixture":
      return `a mixture of ${amount(population.components.length)} normal distributions`;
  }
}
