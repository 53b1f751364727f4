// How often each function is tried, by what a call costs: fixed numbers, so that a run is the same on every machine.

/** A call of these takes from a tenth of a second to seconds. */
const DEAREST = new Set(["backtestProxy", "estimateEffectCovariance", "estimateJointEffectCovariance"]);

/** From ten milliseconds to a tenth of a second. */
const DEAR = new Set([
  "assuranceForBetaBinomial",
  "bayesianStopping",
  "calibrateBayesianStopping",
  "compareWithEffectPrior",
  "sampleSizeForAssurance",
  "sampleSizeForPosteriorWidth",
  "simulateSequential",
]);

/** From one to ten milliseconds. */
const SLOW = new Set([
  "analyzeExperiment",
  "analyzeGroupSequential",
  "analyzeSegments",
  "assessProxy",
  "assuranceForProportions",
  "bayesFactorForProportions",
  "compareAllPairs",
  "compareArms",
  "compareBetaBinomial",
  "compareDirichletMultinomial",
  "compareGammaPoisson",
  "compareNormal",
  "compareRevenue",
  "detectableLiftCurve",
  "durationTable",
  "empiricalBetaPrior",
  "empiricalEffectPrior",
  "exactPowerForProportions",
  "exactSampleSizeForProportions",
  "exactTypeIErrorForProportions",
  "fitEffectPopulation",
  "planExperiment",
  "predictiveProbability",
  "programmeGain",
  "rankProxies",
  "sampleSizeForExpectedLoss",
  "sequentialDuration",
  "sequentialProxyAssisted",
  "sequentialSpeedup",
  "shrinkEffect",
  "shrinkEffects",
  "speedupCurve",
  "studentizedRange.quantile",
  "summarySql",
  "thompsonAllocation",
  "topTwoAllocation",
  "valueOfInformation",
]);

/** Tries of a function where a cheap one has 10,000. */
export function runsOf(name: string): number {
  if (DEAREST.has(name)) return 10;
  if (DEAR.has(name)) return 60;
  if (SLOW.has(name)) return 800;
  return name.includes(".") ? 7000 : 4000;
}
