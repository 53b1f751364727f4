import { checkObject, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_ALPHA, DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import type { Interval } from "../core/interval.ts";
import type { Result } from "../core/result.ts";
import type { Warning } from "../core/warning.ts";
import { mixtureTail } from "../numerics/normal-mixture.ts";
import { proxyRule } from "./decision-rule.ts";
import { type EffectCovariance, effectNodes } from "./effect-covariance.ts";
import { macroMixture } from "./macro-posterior.ts";
import { posteriorInterval } from "./posterior-interval.ts";
import { averageOutcome, nodeOutcome, shareOfShips, wrongDecisions } from "./shipping-rule.ts";
import type { UnitCovariance } from "./unit-covariance.ts";
import { effectAssumptions } from "./effect-assumptions.ts";
import { proxyOnly } from "./sample-sizes.ts";
import { checkEffectsAndSampling } from "./check-effects-and-sampling.ts";
import { checkEffectSize, checkMagnitude } from "./check-magnitude.ts";

export interface ParadoxRiskInput {
  /** How true effects spread and go together; with a posterior, everything is averaged over it. */
  readonly effects: EffectCovariance;
  /** Sampling covariance of the two estimates times n per arm. */
  readonly sampling: UnitCovariance;
  /** Units per arm, above 0. */
  readonly n: number;
  /** Of the two-sided test of the proxy; 0.05 unless said. */
  readonly alpha?: number | undefined;
  /** Estimated effect on the proxy, once there is one. */
  readonly proxyEffect?: number | undefined;
  /** Of the interval over a posterior; 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
}

export interface ParadoxRisk extends Result<"paradox-risk"> {
  readonly n: number;
  readonly alpha: number;
  /** Probability that a change wins significantly on the proxy. */
  readonly probabilitySignificantProxyWin: number;
  /** Probability that a significant winner on the proxy loses macro conversions. */
  readonly probabilityMacroLossGivenWin: number;
  /** Over the posterior of the effect covariance; null for a covariance without one. */
  readonly probabilityMacroLossGivenWinInterval: Interval | null;
  /** Probability that the proxy's estimate and the true macro effect have different signs. */
  readonly discordance: number;
  /** Probability that the change at hand loses macro conversions; null while its proxy effect is not given. */
  readonly probabilityMacroLossGivenEffect: number | null;
}

/**
 * How often a win on the proxy is a loss on the macro metric: the surrogate paradox, as a probability.
 *
 * H0 of the proxy's test: no true effect on the proxy; H1: there is one. A win is significant in the positive
 * direction.
 *
 * @param input - effects, sampling, n per arm, the test's alpha and, once observed, the proxy effect
 * @returns the probabilities of a win, of a macro loss behind it, and of different signs
 * @throws {DomainError} for broken covariances, different scales, an n that is not above 0, an alpha outside (0, 1)
 * @example
 * ```ts
 * import { paradoxRisk } from "microlift";
 * const { probabilityMacroLossGivenWin } = paradoxRisk({
 *   effects: { tauProxy: 0.004, tauMacro: 0.0008, rho: 0.8, scale: "difference" },
 *   sampling: { proxy: 0.18, macro: 0.0392, correlation: 3 / 7 },
 *   n: 20_000,
 * });
 * probabilityMacroLossGivenWin; // 0.0938462878326
 * ```
 * Source: VanderWeele (2013) for the paradox; the bivariate normal probability derived for this library.
 */
export function paradoxRisk(input: ParadoxRiskInput): ParadoxRisk {
  checkObject("input", input);
  const { effects, sampling, n, proxyEffect } = input;
  const { alpha = DEFAULT_ALPHA, confidenceLevel = DEFAULT_CONFIDENCE_LEVEL } = input;
  checkEffectsAndSampling(input);
  checkMagnitude("n", n);
  checkOpenUnit("alpha", alpha);
  checkOpenUnit("confidenceLevel", confidenceLevel);
  if (proxyEffect !== undefined) checkEffectSize("proxyEffect", proxyEffect);

  const nodes = effectNodes(effects);
  const winning = proxyRule({ nodes, sampling, rule: { kind: "significance", alpha } }, n);
  const positive = proxyRule({ nodes, sampling, rule: { kind: "sign" } }, n);
  const outcomes = nodes.map((node) => nodeOutcome(node, winning));
  const win = averageOutcome(nodes, outcomes);
  const lossGivenEffect = (estimate: number): number => {
    return mixtureTail(
      macroMixture(nodes, sampling, proxyOnly(n), { proxy: estimate, macro: 0 }),
      0,
      "lower",
    );
  };
  return {
    kind: "paradox-risk",
    method: "bivariate-normal",
    n,
    alpha,
    probabilitySignificantProxyWin: win.shipShare,
    probabilityMacroLossGivenWin: win.wrongShipShare,
    probabilityMacroLossGivenWinInterval:
      effects.posterior === undefined
        ? null
        : posteriorInterval(
            nodes,
            outcomes.map(({ wrongShips, shipShare }) => shareOfShips(wrongShips, shipShare)),
            confidenceLevel,
          ),
    discordance: wrongDecisions(nodes, positive),
    probabilityMacroLossGivenEffect: proxyEffect === undefined ? null : lossGivenEffect(proxyEffect),
    warnings: warnings(win.wrongShipShare),
    assumptions: [...effectAssumptions(effects)],
  };
}

function warnings(lossGivenWin: number): Warning[] {
  if (lossGivenWin < 0.5) return [];
  return [
    {
      code: "WINS_ARE_LOSSES",
      message: "A significant win on the proxy is at least as likely a loss as a gain on the macro metric.",
    },
  ];
}
