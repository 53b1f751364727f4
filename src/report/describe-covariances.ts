import type { ElicitedEffectCovariance } from "../proxy/elicit-effect-covariance.ts";
import type { JointUnitCovarianceResult } from "../proxy/joint-unit-covariance.ts";
import type { LiftTransmission } from "../proxy/transmit-lift.ts";
import type { UnitCovarianceResult } from "../proxy/unit-covariance.ts";
import { type Block, details, lead, table, title } from "./block.ts";
import { closing } from "./closing.ts";
import { amount, change, units } from "./figures.ts";
import { DEFAULT_LABELS, quoted } from "./labels.ts";

/** How chance moves the two metrics of the same users together. */
export function describeUnitCovariance(result: UnitCovarianceResult): Block[] {
  const { correlation, correlationRange, scale, n } = result;
  const isKnown = correlationRange.lower === correlationRange.upper;
  return [
    title("Sampling covariance of proxy and sales"),
    lead(
      isKnown
        ? `By chance alone the two estimated effects move together with a correlation of ${amount(correlation)}.`
        : `How far chance moves the two estimated effects together is not known: the correlation lies between ${amount(correlationRange.lower)} and ${amount(correlationRange.upper)}.`,
    ),
    details([
      ["Correlation", amount(correlation)],
      ["Variance of the effect on the proxy, times n per arm", amount(result.proxy)],
      ["Variance of the effect on sales, times n per arm", amount(result.macro)],
      ["Scale of the effects", scale],
      ["Units per arm of this experiment", n === null ? null : units(n)],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

/** How chance moves the estimates of several proxies and sales together. */
export function describeJointUnitCovariance(result: JointUnitCovarianceResult): Block[] {
  const { proxies, covariance, scale, n } = result;
  const names = [...proxies.map(quoted), DEFAULT_LABELS.macro];
  const correlation = (i: number, j: number): number =>
    covariance[i]![j]! / Math.sqrt(covariance[i]![i]! * covariance[j]![j]!);
  const last = proxies.length;
  return [
    title("Sampling covariance of several proxies and sales"),
    lead(
      `By chance alone the estimated effects move together with those on ${DEFAULT_LABELS.macro} with correlations of ${proxies.map((name, i) => `${amount(correlation(i, last))} (${quoted(name)})`).join(", ")}.`,
    ),
    table(
      ["Correlation by chance", ...names],
      names.map((name, i) => [name, ...names.map((_, j) => amount(correlation(i, j)))]),
    ),
    details([
      ...names.map((name, i): [string, string] => [
        `Variance of the effect on ${name}, times n per arm`,
        amount(covariance[i]![i]!),
      ]),
      ["Scale of the effects", scale],
      ["Units per arm of this experiment", n === null ? null : units(n)],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

/** A belief about how true effects go together. */
export function describeEffectCovariance(result: ElicitedEffectCovariance): Block[] {
  const { tauProxy, tauMacro, rho, scale, meanProxy, meanMacro } = result;
  return [
    title("Assumed true effects of proxy and sales"),
    lead(
      `Assumed, not learned: the true changes of the proxy and of sales go together with a correlation of ${amount(rho)}.`,
    ),
    details([
      ["Correlation of true effects (rho)", amount(rho)],
      ["Typical size of true effects on the proxy", amount(tauProxy)],
      ["Typical size of true effects on sales", amount(tauMacro)],
      ["Average true effect on the proxy", amount(meanProxy)],
      ["Average true effect on sales", amount(meanMacro)],
      ["Scale of the effects", scale],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

/** What a lift of the proxy implies for sales. */
export function describeLiftTransmission(result: LiftTransmission): Block[] {
  return [
    title("From proxy to sales"),
    lead(
      `If the model holds, a lift of ${change(result.microLift)} on the proxy means ${change(result.macroLift)} on sales.`,
    ),
    details([
      ["Lift of the proxy", change(result.microLift)],
      ["Implied lift of sales", change(result.macroLift)],
      ["Model", result.method],
    ]),
    ...closing(result),
  ];
}
