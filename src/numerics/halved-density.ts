import type { Side } from "./beside-line.ts";
import { logAdd } from "./log-sum.ts";
import { panelledDensity, type PanelledDensity, type PeakGuess } from "./panelled-density.ts";
import { exp } from "./elementary/exp.ts";
import { ln } from "./elementary/ln.ts";

/**
 * A density with a pole or a kink at 0: each half of the line is laid with panels along ln|x|, where a pole is a tail
 * that falls exponentially. At 0 itself the density is told as infinite, which it is at a pole.
 */
export function halvedDensity(log: (x: number) => number, { start, width }: PeakGuess): PanelledDensity {
  const layHalf = (sign: 1 | -1): PanelledDensity => {
    const place = Math.max(sign * start, width);
    const along = (logSize: number): number => log(sign * exp(logSize)) + logSize;
    return panelledDensity(along, { start: ln(place), width: width / place });
  };
  const halves: Readonly<Record<Side, PanelledDensity>> = { lower: layHalf(-1), upper: layHalf(1) };
  const logTotal = logAdd(halves.lower.logTotal, halves.upper.logTotal);
  const logShare = (side: Side): number => halves[side].logTotal - logTotal;
  const onHalf = (half: Side, f: (x: number) => number): ((logSize: number) => number) =>
    half === "upper" ? (logSize) => f(exp(logSize)) : (logSize) => f(-exp(logSize));

  const beside: PanelledDensity["beside"] = (x, side) => {
    if (x === 0) return { logProbability: logShare(side), logDensity: Infinity };
    const own = x > 0 ? "upper" : "lower";
    const logSize = ln(Math.abs(x));
    const { logProbability, logDensity } = halves[own].beside(logSize, own === side ? "upper" : "lower");
    const within = logProbability + logShare(own);
    return {
      logProbability: own === side ? within : Math.min(0, logAdd(within, logShare(side))),
      logDensity: logDensity + logShare(own) - logSize,
    };
  };
  const average = (half: Side, f: (x: number) => number): number =>
    exp(logShare(half)) * halves[half].average(onHalf(half, f));
  return {
    logTotal,
    beside,
    averageBeyond: (x, side, f) => {
      if (x === 0) return average(side, f);
      const own = x > 0 ? "upper" : "lower";
      const logSize = ln(Math.abs(x));
      const part = (beyond: Side): number =>
        exp(logShare(own)) * halves[own].averageBeyond(logSize, beyond, onHalf(own, f));
      return own === side ? part("upper") : part("lower") + average(side, f);
    },
    average: (f) => average("lower", f) + average("upper", f),
  };
}
