import type { CompositeReading } from "../proxy/composite-reading.ts";
import type { JointEffectCovarianceEstimate } from "../proxy/estimate-joint-effect-covariance.ts";
import type { JointProxyAssisted } from "../proxy/joint-proxy-assisted.ts";
import type { OptimalProxyWeights } from "../proxy/optimal-proxy-weights.ts";
import type { ProxyFront } from "../proxy/proxy-front.ts";
import type { SensitivityWeights } from "../proxy/sensitivity-weights.ts";
import { answers, type Block, details, lead, paragraph, picture, section, table, title } from "./block.ts";
import { closing } from "./closing.ts";
import {
  amount,
  between,
  chance,
  effectFigure,
  effectSize,
  intervalName,
  percent,
  REAL_ENDS,
  RATIO_ENDS,
  roundShare,
  span,
  times,
  units,
} from "./figures.ts";
import { DEFAULT_LABELS, quoted } from "./labels.ts";

const CORRELATION_ENDS = { lower: -1, upper: 1 };
const { macro } = DEFAULT_LABELS;

/** What past experiments say of several proxies at once. */
export function describeJointEffects(result: JointEffectCovarianceEstimate): Block[] {
  const { learned, scale, tauMacro } = result;
  const size = effectSize(scale);
  return [
    title("What past experiments say of the proxies"),
    lead(jointEffectsHeadline(result)),
    picture(result),
    section("Each proxy"),
    table(
      ["", "Correlation", "Right sign", "Passed on", "Typical size"],
      learned.map(({ proxy, rho, probabilityRhoPositive, slope, tau }) => [
        quoted(proxy),
        span(rho.interval, amount, CORRELATION_ENDS),
        roundShare(probabilityRhoPositive),
        span(slope.interval, percent),
        span(tau.interval, size),
      ]),
    ),
    paragraph(`What is shown is each ${intervalName(tauMacro.interval)}.`),
    details([
      [`Typical size of true changes of ${macro}`, span(tauMacro.interval, size)],
      [
        "Draws of the posterior, and as many independent ones",
        `${units(result.draws)}, ${units(result.effectiveDraws)}`,
      ],
      ["Scale of the effects", scale],
    ]),
    ...closing(result),
  ];
}

/** The proxy that goes with sales most surely. */
export function jointEffectsHeadline(result: JointEffectCovarianceEstimate): string {
  const { learned, experiments } = result;
  const surest = learned.toSorted((a, b) => b.rho.interval.lower - a.rho.interval.lower)[0]!;
  return result.status === "undetermined"
    ? `Too few of the draws tell anything of these ${units(experiments)} past experiments: how the proxies go with ${macro} cannot be determined.`
    : `Over ${units(experiments)} past experiments, ${quoted(surest.proxy)} goes with ${macro} most surely: their true changes correlate at ${amount(surest.rho.median)} (${intervalName(surest.rho.interval)}: ${between(surest.rho.interval, amount, CORRELATION_ENDS)}).`;
}

/** The decision by several proxies and sales together. */
export function describeJointProxyAssisted(result: JointProxyAssisted): Block[] {
  const { posterior, proxies, composite, nMacro, macroEquivalentN, overPosterior, scale } = result;
  return [
    title("Several proxies and sales together"),
    lead(
      posterior === null
        ? `Reading the proxies beside ${macro} is worth ${units(macroEquivalentN, "any number")} units per arm of ${macro} alone.`
        : `The chance that ${macro} rose is ${chance(posterior.probabilityPositive)}: ${posterior.ships ? "enough to ship" : "not enough to ship"}, since the rule asks for more than ${percent(result.shipThreshold)}.`,
    ),
    answers([
      [
        "Worth",
        `With ${units(nMacro)} units per arm of ${macro} they decide as well as ${units(macroEquivalentN, "any number")} of ${macro} alone.`,
      ],
      [
        "How sure",
        posterior === null
          ? null
          : `The true effect on ${macro} lies ${between(posterior.interval, effectFigure(scale), REAL_ENDS)} (${intervalName(posterior.interval)}).`,
      ],
      [
        "Past tests",
        overPosterior === null
          ? null
          : `The chance that this earns more than ${macro} alone is ${chance(overPosterior.probabilityGainsMore)}; worth ${between(overPosterior.macroEquivalentN, units, RATIO_ENDS)} units (${intervalName(overPosterior.macroEquivalentN)}).`,
      ],
      [
        "False alarms",
        `A change that does nothing for ${macro} ships with a chance of ${chance(result.falseShipRate)}.`,
      ],
    ]),
    section("How much each says"),
    table(
      ["", "Units per arm", "Weight", "Share of the proxies"],
      [
        ...proxies.map((name, i) => [
          quoted(name),
          units(result.nProxies[i]!),
          amount(result.weights.proxies[i]!),
          amount(composite.weights[i]!),
        ]),
        [macro, units(nMacro), amount(result.weights.macro), "–"],
      ],
    ),
    details([
      ["Share of true differences explained", percent(result.reliability)],
      ["Of changes that ship, lose sales", percent(result.wrongShipShare)],
      ["Expected gain of a change tested", effectFigure(scale)(result.expectedGain)],
      ["Correlation of the proxies' composite with sales", amount(composite.rho)],
      ["Units of sales worth, over units of sales seen", times(result.speedupOverMacro)],
    ]),
    ...closing(result),
  ];
}

/** One proxy made of several. */
export function describeProxyWeights(result: OptimalProxyWeights): Block[] {
  const { proxies, composite, single, curve, validation } = result;
  return [
    title("One proxy out of several"),
    lead(proxyWeightsHeadline(result)),
    picture(result),
    answers([
      [
        "Tried",
        validation === null || validation.leftOut === null
          ? null
          : `On past experiments left out it reaches ${amount(validation.leftOut)}, where those it was made from show ${amount(validation.inSample!)}.`,
      ],
    ]),
    section("The composite beside its parts"),
    readingTable([
      ...(composite === null ? [] : [["composite", composite] as const]),
      ...proxies.map((name, i): [string, CompositeReading] => [quoted(name), single[i]!]),
    ]),
    section("Weights by the size of the test"),
    table(
      ["Units per arm", ...proxies.map(quoted), "Quality"],
      [
        ["smallest", ...result.atSmallN.weights.map((weight) => amount(weight)), "–"],
        ...curve.map(({ n: size, weights, proxyQuality }) => [
          units(size),
          ...weights.map((weight) => amount(weight)),
          amount(proxyQuality),
        ]),
        [
          "largest",
          ...result.atLargeN.weights.map((weight) => amount(weight)),
          amount(result.atLargeN.proxyQuality),
        ],
      ],
    ),
    ...closing(result),
  ];
}

/** What the best composite is worth, beside the best single proxy. */
export function proxyWeightsHeadline(result: OptimalProxyWeights): string {
  const { proxies, composite, single, n } = result;
  return composite === null
    ? `No weights make a proxy of these: nothing they do goes with ${macro}.`
    : `At ${units(n)} units per arm the best composite of ${proxies.length} proxies goes with true effects on ${macro} at ${amount(composite.proxyQuality)}; the best of them alone at ${amount(Math.max(...single.map(({ proxyQuality }) => proxyQuality)))}.`;
}

/** What more sensitivity costs. */
export function describeProxyFront(result: ProxyFront): Block[] {
  const { front, marked, proxies } = result;
  return [
    title("Sensitivity against meaning"),
    lead(proxyFrontHeadline(result)),
    picture(result),
    section("Proxies beside the front"),
    table(
      ["", "Correlation", "Moves significantly", "Correlation forgone"],
      marked.map(({ name, rho, power, rhoForgone }) => [
        quoted(name),
        amount(rho),
        roundShare(power),
        amount(rhoForgone),
      ]),
    ),
    section("Along the front"),
    table(
      ["Correlation", "Moves significantly", ...proxies.map(quoted)],
      tenth(front).map(({ rho, power, weights }) => [
        amount(rho),
        roundShare(power),
        ...weights.map((weight) => amount(weight)),
      ]),
    ),
    ...closing(result),
  ];
}

/** The two ends of the front. */
export function proxyFrontHeadline(result: ProxyFront): string {
  const { front, proxies } = result;
  return `The composite of the ${proxies.length} proxies that goes with ${macro} most closely has a correlation of ${amount(front[0]!.rho)}; the one that moves most easily has ${amount(front.at(-1)!.rho)}.`;
}

/** Weights that move most, with where they move to. */
export function describeSensitivityWeights(result: SensitivityWeights): Block[] {
  const { history, given, proxies } = result;
  return [
    title("The composite that moves most"),
    lead(
      `It moves significantly in ${percent(history.power)} of changes, and goes with true effects on ${macro} at ${amount(history.rho)}${history.rho < 0 ? ": the wrong way" : ""}.`,
    ),
    readingTable([
      ["over past changes", history],
      ...(given === null ? [] : [["for the effects given", given.reading] as const]),
    ]),
    section("Weights"),
    table(
      ["", "Past changes", ...(given === null ? [] : ["Effects given"])],
      proxies.map((name, i) => [
        quoted(name),
        amount(history.weights[i]!),
        ...(given === null ? [] : [amount(given.reading.weights[i]!)]),
      ]),
    ),
    ...closing(result),
  ];
}

function readingTable(rows: readonly (readonly [name: string, reading: CompositeReading])[]): Block {
  return table(
    ["", "Quality", "Correlation", "Right sign", "Moves significantly"],
    rows.map(([name, { proxyQuality, rho, probabilityRhoPositive, power }]) => [
      name,
      amount(proxyQuality),
      amount(rho),
      roundShare(probabilityRhoPositive),
      roundShare(power),
    ]),
  );
}

/** About ten of the points, both ends among them. */
function tenth<T>(points: readonly T[]): T[] {
  const last = points.length - 1;
  const steps = Math.min(10, last);
  return Array.from({ length: steps + 1 }, (_, i) => points[Math.round((i * last) / Math.max(1, steps))]!);
}
