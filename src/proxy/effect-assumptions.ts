import type { EffectPopulation } from "./effect-population.ts";

/** What every reading of an effect covariance rests on; rules leave this change's own evidence on it out, predictions use it. */
export function effectAssumptions(
  effects: {
    readonly posterior?: readonly unknown[] | undefined;
    readonly population?: EffectPopulation | undefined;
  },
  ownEvidence: "left-out" | "used" = "left-out",
): string[] {
  return [
    `True effects of the changes tested are ${shapeOf(effects.population)}, with the covariance given.`,
    effects.posterior === undefined
      ? "The covariance of true effects is taken as known; where it was estimated, this sounds surer than it is."
      : `The covariance of true effects is averaged over its posterior from past experiments; this one's own evidence on it is ${ownEvidence === "used" ? "counted too" : "left out"}.`,
  ];
}

function shapeOf(population: EffectPopulation = { family: "normal" }): string {
  switch (population.family) {
    case "normal":
      return "normal";
    case "spike-and-normal":
      return `exactly 0 for a share of ${population.probabilityOfNoEffect} and normal for the others`;
    case "student-t":
      return `Student's t with ${population.degreesOfFreedom} degrees of freedom`;
    case "two-normals":
    case "scale-mixture":
      return "a mixture of normals of one shape and several sizes";
  }
}
