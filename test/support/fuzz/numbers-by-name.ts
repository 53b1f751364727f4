import fc from "fast-check";

// Every word means one thing everywhere, so that the name of a field says which numbers belong there.

/** Any magnitude between two as likely as any other. */
export function magnitude(least: number, most: number): fc.Arbitrary<number> {
  return fc
    .double({ min: Math.log(least), max: Math.log(most), noNaN: true })
    .map((log) => Math.min(most, Math.max(least, Math.exp(log))));
}

export function between(min: number, max: number): fc.Arbitrary<number> {
  return fc.double({ min, max, noNaN: true });
}

/** A whole number of any magnitude. */
export function whole(least: number, most: number): fc.Arbitrary<number> {
  return magnitude(Math.max(least, 0.5), most).map((x) => Math.max(least, Math.round(x)));
}

function either(...from: fc.Arbitrary<number>[]): fc.Arbitrary<number> {
  return fc.oneof(...from);
}

const signed = (least: number, most: number): fc.Arbitrary<number> =>
  fc.tuple(magnitude(least, most), fc.boolean()).map(([size, isNegative]) => (isNegative ? -size : size));

const RATE = either(between(0.001, 0.6), magnitude(1e-6, 0.5));
const PROBABILITY = either(between(0, 1), fc.constantFrom(0.5, 0.9, 0.95));
const INSIDE = between(0.01, 0.99);
const LIFT = either(between(-0.5, 1), signed(1e-4, 0.5), fc.constantFrom(0.01, 0.05, 0.1));
const EFFECT = signed(1e-4, 2);
const POSITIVE = either(magnitude(1e-3, 1e3), between(0.1, 5));
const UNITS = whole(20, 1e7);
const CORRELATION = between(-0.99, 0.99);
const Z = between(-6, 6);
const SPREAD = magnitude(1e-3, 1);

/** By the name of a field or of a parameter; `[]` marks the entries of a list. */
const BY_NAME: Readonly<Record<string, fc.Arbitrary<number>>> = {
  accuracy: between(0.5, 0.999),
  additional: UNITS,
  "additional[]": UNITS,
  allocation: either(fc.constant(1), between(0.2, 5)),
  alpha: either(fc.constantFrom(0.05, 0.01, 0.1), between(1e-4, 0.3)),
  assurance: between(0.2, 0.9),
  attributionDays: fc.integer({ min: 1, max: 28 }),
  baseline: RATE,
  "boundaries[]": between(0.5, 4),
  concentration: magnitude(1, 1e5),
  confidenceLevel: either(fc.constantFrom(0.9, 0.95, 0.99), between(0.5, 0.999)),
  control: RATE,
  conversions: whole(0, 1000),
  events: whole(0, 1e5),
  bounces: whole(0, 1e5),
  delayDays: between(0, 30),
  assistedDelayDays: between(0, 30),
  proxyDelayDays: between(0, 30),
  nProxy: UNITS,
  nMacro: UNITS,
  nOverlap: UNITS,
  tightestN: UNITS,
  tightestConversions: whole(20, 1e5),
  fixedN: UNITS,
  macroGivenMicro: RATE,
  macroGivenNoMicro: RATE,
  "funnelRates[]": RATE,
  "macro[]": whole(0, 1e4),
  micro: whole(0, 1e4),
  "quantiles[]": EFFECT,
  "control[]": fc.integer({ min: 0, max: 5000 }),
  "treatment[]": fc.integer({ min: 0, max: 5000 }),
  conversionRate: RATE,
  correlation: CORRELATION,
  count: fc.integer({ min: 0, max: 1000 }),
  "cumulativeUnits[]": whole(1, 1e6),
  day: fc.integer({ min: 1, max: 40 }),
  days: fc.integer({ min: 1, max: 60 }),
  "days[]": fc.integer({ min: 1, max: 90 }),
  degreesOfFreedom: between(2.5, 60),
  delta: between(0.05, 0.9),
  designEffect: between(1, 5),
  df: either(magnitude(0.1, 1e6), fc.integer({ min: 1, max: 100 })),
  df1: either(magnitude(0.1, 1e6), fc.integer({ min: 1, max: 100 })),
  df2: either(magnitude(0.1, 1e6), fc.integer({ min: 1, max: 100 })),
  difference: signed(1e-4, 0.2),
  dilution: INSIDE,
  dispersion: between(1, 5),
  drift: between(0, 5),
  effect: EFFECT,
  efficacy: between(1, 5),
  elasticity: between(-1, 2),
  estimate: signed(1e-3, 1),
  "expected[]": between(0.1, 3),
  experiments: fc.integer({ min: 2, max: 200 }),
  explainedVariance: between(0, 0.9),
  covariateCorrelation: between(-0.95, 0.95),
  exponent: between(-1, 3),
  exposure: magnitude(1, 1e6),
  falseShipRate: between(0.01, 0.3),
  floor: between(0, 0.2),
  futility: between(-1, 1),
  gamma: either(between(-5, 3), between(0.1, 4)),
  groups: fc.integer({ min: 2, max: 30 }),
  growthExponent: between(0.2, 1),
  h: Z,
  halfWidth: between(0.02, 0.4),
  horizonDays: fc.integer({ min: 7, max: 90 }),
  information: between(0.05, 1),
  "informationRates[]": between(0.05, 1),
  intraclassCorrelation: between(0, 0.3),
  k: fc.oneof({ weight: 1, arbitrary: Z }, { weight: 6, arbitrary: fc.integer({ min: 0, max: 60 }) }),
  largestLogDeviation: between(0.5, 10),
  lift: LIFT,
  lkj: between(0.5, 5),
  location: EFFECT,
  logMean: between(-2, 3),
  "logPValues[]": either(
    between(-20, 0),
    signed(1e-5, 1e3).map((x) => -Math.abs(x)),
  ),
  logPValue: between(-20, 0),
  logSd: between(0.1, 2),
  looks: fc.integer({ min: 1, max: 6 }),
  "looks[]": whole(20, 1e5),
  looksEveryDays: fc.integer({ min: 1, max: 14 }),
  macroLift: LIFT,
  macroRate: magnitude(1e-3, 0.2),
  microRate: magnitude(1e-2, 0.6),
  microLift: LIFT,
  margin: magnitude(1e-3, 0.3),
  mean: either(between(-5, 50), magnitude(1e-2, 1e3)),
  meanDays: between(0.1, 20),
  meanRatio: between(-1, 1),
  mixtureVariance: magnitude(1e-6, 1e2),
  mu: EFFECT,
  n: either(UNITS, fc.integer({ min: 1, max: 300 })),
  "n[]": UNITS,
  noncentrality: between(-10, 10),
  null: EFFECT,
  "observed[]": whole(20, 1e6),
  oddsRatio: magnitude(0.5, 2),
  p: PROBABILITY,
  pValue: either(between(0, 1), magnitude(1e-12, 1)),
  "pValues[]": either(between(0, 1), magnitude(1e-12, 1)),
  plannedN: UNITS,
  points: fc.integer({ min: 2, max: 60 }),
  population: fc.integer({ min: 400, max: 3000 }),
  successes: fc.integer({ min: 0, max: 500 }),
  draws: fc.integer({ min: 50, max: 500 }),
  positiveTilt: between(-1, 1),
  power: either(fc.constantFrom(0.8, 0.9), between(0.3, 0.99)),
  priorOdds: magnitude(0.01, 100),
  priorMean: EFFECT,
  probability: INSIDE,
  probabilityOfNoEffect: between(0, 0.95),
  priorProbability: INSIDE,
  probabilityToBeat: between(0.6, 0.99),
  q: between(0, 12),
  "quantileLevels[]": INSIDE,
  quantileLevel: INSIDE,
  upperQuantile: between(0.9, 0.999),
  rank: whole(1, 2000),
  rate: either(RATE, between(0.1, 10)),
  relativeAccuracy: between(0.001, 0.1),
  relevantChange: between(0.01, 1),
  relevantSpread: between(0.01, 1),
  reliability: INSIDE,
  reliabilityMacro: between(0.05, 0.95),
  reliabilityProxy: between(0.05, 0.95),
  samplingCorrelation: CORRELATION,
  rho: CORRELATION,
  seed: fc.integer({ min: 0, max: 2 ** 31 }),
  share: between(0.05, 1),
  shipThreshold: either(fc.constant(0), between(-0.05, 0.1)),
  size: between(1, 20),
  sizeVariation: between(0, 2),
  skewness: between(-3, 8),
  spread: between(0.05, 2),
  spreadRatio: between(1.5, 20),
  standardError: magnitude(1e-3, 1),
  standardDeviation: magnitude(1e-2, 100),
  t: between(-15, 15),
  targetAccuracy: between(0.55, 0.95),
  tauMacro: SPREAD,
  tauProxy: SPREAD,
  theta: between(-1, 2),
  "theta[]": between(-1, 2),
  threshold: between(1e-4, 0.2),
  thresholdOfCaring: magnitude(1e-6, 0.1),
  total: POSITIVE,
  totalUnitsPerDay: magnitude(100, 1e6),
  treatment: RATE,
  treatments: fc.integer({ min: 1, max: 5 }),
  typicalMacroEffect: between(0.005, 0.3),
  typicalProxyEffect: between(0.005, 0.3),
  units: UNITS,
  unitsPerDay: magnitude(50, 1e6),
  unitsPerYear: magnitude(1e3, 1e9),
  "unitsPerWeekday[]": between(0, 5000),
  unrelatedShare: between(0.05, 0.9),
  unrelatedLkj: between(1, 20),
  upToDays: fc.integer({ min: 2, max: 90 }),
  upToN: whole(100, 1e7),
  variance: magnitude(1e-3, 1e4),
  "values[]": signed(1e-3, 1e4),
  weight: POSITIVE,
  "weights[]": between(0, 1),
  wideProbability: INSIDE,
  width: between(0.01, 0.5),
  windowDays: between(1, 30),
  worthwhileLift: between(0.005, 0.2),
  x: either(between(0, 1), signed(1e-3, 1e3)),
  years: fc.integer({ min: 1, max: 3 }),
  z: Z,
  zMacro: Z,
  zMicro: Z,
  "z[]": Z,
};

/** Numbers that may stand in a field of the name. */
export function numberOf(field: string): fc.Arbitrary<number> {
  return BY_NAME[field] ?? BY_NAME[field.replaceAll("[]", "")] ?? POSITIVE;
}
