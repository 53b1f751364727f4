import { exp } from "../numerics/elementary/exp.ts";
import { tanh } from "../numerics/elementary/hyperbolic.ts";

/** A covariance of true effects on proxy and macro metric, with its determinant, which by subtraction would cancel. */
export interface EffectMatrix {
  readonly proxy: number;
  readonly macro: number;
  readonly both: number;
  readonly determinant: number;
}

/** The covariance at logs of the standard deviations and the inverse hyperbolic tangent of the correlation. */
export function effectMatrix(logProxy: number, logMacro: number, atanhRho: number): EffectMatrix {
  const tauProxy = exp(logProxy);
  const tauMacro = exp(logMacro);
  const product = tauProxy * tauMacro;
  return {
    proxy: tauProxy * tauProxy,
    macro: tauMacro * tauMacro,
    both: tanh(atanhRho) * product,
    determinant: product * product * oneLessSquare(atanhRho),
  };
}

/** 1 − tanh² z. */
export function oneLessSquare(z: number): number {
  const small = exp(-2 * Math.abs(z));
  return (4 * small) / (1 + small) ** 2;
}
