import type { Warning } from "../core/warning.ts";

/** Fewer leave so much open that the prior has a say in every figure. */
const FEW = 20;
/** A chance of the right sign below which a proxy points the other way. */
const WRONG_SIGN_CHANCE = 0.1;

/** Says so where few experiments taught a covariance. */
export function fewExperiments(experiments: number): Warning[] {
  if (experiments >= FEW) return [];
  return [
    {
      code: "FEW_EXPERIMENTS",
      message: `${experiments} past experiments are few: the intervals, and what other priors make of them, say how much they leave open.`,
    },
  ];
}

/** Says so where a proxy moves against the macro metric. */
export function wrongSign(probabilityRhoPositive: number, proxy = "the proxy"): Warning[] {
  if (!(probabilityRhoPositive < WRONG_SIGN_CHANCE)) return [];
  return [
    {
      code: "WRONG_SIGN",
      message: `In past experiments what lifted ${proxy} lowered the macro metric: it is no proxy for it.`,
    },
  ];
}
