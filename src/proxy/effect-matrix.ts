/** A covariance of true effects on proxy and macro metric, with its determinant, which by subtraction would cancel. */
export interface EffectMatrix {
  readonly proxy: number;
  readonly macro: number;
  readonly both: number;
  readonly determinant: number;
}

/** The covariance at logs of the standard deviations and the inverse hyperbolic tangent of the correlation. */
export function effectMatrix(logProxy: number, logMacro: number, atanhRho: number): EffectMatrix {
  const tauProxy = Math.exp(logProxy);
  const tauMacro = Math.exp(logMacro);
  const product = tauProxy * tauMacro;
  return {
    proxy: tauProxy * tauProxy,
    macro: tauMacro * tauMacro,
    both: Math.tanh(atanhRho) * product,
    determinant: product * product * oneLessSquare(atanhRho),
  };
}

/** 1 − tanh² z. */
export function oneLessSquare(z: number): number {
  const small = Math.exp(-2 * Math.abs(z));
  return (4 * small) / (1 + small) ** 2;
}
