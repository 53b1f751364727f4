/** Tests that hold public functions to values from outside. */
export interface ReferenceTests {
  readonly functions: readonly string[];
  /** Where the values come from. */
  readonly source: string;
  /** Under test/, without the ending. */
  readonly file: string;
  /** The names of the tests that compare with outside values, and not with laws. */
  readonly tests: RegExp;
  /** What the values are of, where it is a part of the functions that the public sees nothing else of. */
  readonly part?: string;
  /** Why some values agree to fewer than ten digits: the other side's precision, or ours. */
  readonly fewDigits?: string;
}

/** "beta.cdf" and so on, of "beta: cdf sf". */
function of(distribution: string, members = "pdf logPdf cdf sf logCdf logSf quantile"): string[] {
  return members.split(" ").map((member) => `${distribution}.${member}`);
}

const COUNTS = "pmf logPmf cdf sf logCdf logSf quantile";

const row = (
  functions: string | readonly string[],
  source: string,
  file: string,
  tests: RegExp,
  part?: string,
  fewDigits?: string,
): ReferenceTests => ({
  functions: typeof functions === "string" ? functions.split(" ") : functions,
  source,
  file,
  tests,
  ...(part !== undefined && { part }),
  ...(fewDigits !== undefined && { fewDigits }),
});

const DISTRIBUTIONS: readonly ReferenceTests[] = [
  ...[
    of("normal"),
    of("beta"),
    of("gamma"),
    of("chiSquared"),
    of("studentT"),
    of("f"),
    of("noncentralT"),
    of("bivariateNormal", "pdf logPdf"),
    of("binomial", COUNTS),
    of("poisson", COUNTS),
    of("hypergeometric", COUNTS),
    of("betaBinomial", COUNTS),
  ].map((functions) => {
    const [name] = functions[0]!.split(".");
    return row(functions, "mpmath, 60 digits", "numerics/every-function", new RegExp(`digits > ${name}\\.`));
  }),
  row(of("normal", "cdf sf logSf quantile"), "mpmath", "numerics/normal", /agrees with mpmath/),
  row(
    of("beta", "logPdf cdf sf logCdf logSf quantile"),
    "mpmath, shapes from 3e-4 to 1e15",
    "numerics/beta",
    /beta distribution against mpmath/,
  ),
  row(
    [...of("gamma", "logPdf cdf sf logCdf logSf quantile"), ...of("chiSquared", "cdf sf")],
    "mpmath, shapes from 1e-3 to 1e12",
    "numerics/gamma",
    /against mpmath/,
  ),
  row(
    of("studentT", "cdf sf logCdf logSf quantile"),
    "mpmath, 0.1 to 1e12 degrees of freedom",
    "numerics/student-t",
    /t against mpmath/,
  ),
  row(
    of("f", "logPdf cdf sf logCdf logSf"),
    "mpmath, 0.01 to 1e12 degrees of freedom",
    "numerics/f",
    /against mpmath/,
  ),
  row(
    of("noncentralT", "logPdf cdf sf logCdf logSf"),
    "mpmath, noncentrality to 5000",
    "numerics/noncentral-t",
    /against mpmath > agrees/,
  ),
  row(
    of("bivariateNormal", "cdf sf"),
    "mpmath, tails to 1e-300",
    "numerics/bivariate-normal",
    /bivariateNormal against mpmath/,
  ),
  row(
    of("studentizedRange", "cdf sf logCdf logSf quantile"),
    "mpmath, 30 digits",
    "numerics/studentized-range",
    /against mpmath/,
    undefined,
    "textbooks print three decimals",
  ),
  row(
    of("binomial", "pmf logPmf cdf sf"),
    "mpmath, n to 1e15",
    "numerics/binomial",
    /binomial against mpmath/,
  ),
  row(of("poisson", "logPmf cdf sf"), "mpmath, means to 3e8", "numerics/poisson", /against mpmath/),
  row(
    of("hypergeometric", "pmf logPmf cdf sf logCdf logSf"),
    "mpmath, populations to 4e12",
    "numerics/hypergeometric",
    /against mpmath/,
  ),
  row(
    of("betaBinomial", "pmf logPmf cdf sf logCdf logSf"),
    "mpmath, n to 1e12",
    "numerics/beta-binomial",
    /beta-binomial against mpmath/,
  ),
];

const INFERENCE: readonly ReferenceTests[] = [
  row(
    "compareProportions",
    "mpmath, 60 digits; R prop.test, SciPy",
    "inference/two-proportion-references",
    /compareProportions against 60 digits > has the (statistic|estimates)/,
  ),
  row(
    "differenceInterval liftInterval oddsRatioInterval",
    "mpmath, 60 digits; statsmodels",
    "inference/two-proportion-references",
    /has the intervals of every method/,
  ),
  row(
    "compareProportions",
    "mpmath, 45 digits, textbook search",
    "inference/two-proportion-references",
    /score limits at the boundaries/,
    "score limits, zero cells, n to 1e15",
  ),
  row(
    "compareProportions",
    "mpmath, 60 digits; R fisher.test, SciPy",
    "inference/fisher-test",
    /against 60 digits|80 digits/,
    "Fisher, mid-p",
  ),
  row(
    "compareProportions",
    "mpmath, exact integers, NumPy",
    "inference/yates-g-and-exact-tests",
    /Yates and the G-test > (yates|g) has|profile-likelihood intervals beside the G-test > agree|Barnard and Boschloo > have/,
    "Yates, G, Barnard, Boschloo",
  ),
  row(
    "oddsRatioInterval compareProportions",
    "mpmath, 60 digits",
    "inference/conditional-odds-ratio",
    /conditional odds ratio against 60 digits/,
    "conditional odds ratio",
  ),
  row(
    "proportionInterval",
    "mpmath, 60 digits; R prop.test, binom.test",
    "inference/proportion-interval",
    /interval of 60 digits/,
  ),
  row("compareMeans", "R pt, qt, t.test", "inference/compare-means", /compareMeans against R/, "Welch"),
  row(
    "compareMeans",
    "R t.test; mpmath, 50 digits",
    "inference/mean-lifts",
    /pooled t-test against R|lifts of levels against mpmath/,
    "pooled; lifts",
  ),
  row("compareRatios", "mpmath, 50 digits", "inference/compare-ratios", /compareRatios against mpmath/),
  row(
    "compareCounts",
    "R poisson.test, glm; mpmath, 60 digits",
    "inference/compare-counts",
    /against R and mpmath/,
  ),
  row(
    "compareQuantiles quantileInterval",
    "mpmath, 40 digits",
    "inference/compare-quantiles",
    /against 40 digits/,
  ),
  row("compareClusters", "R, clubSandwich CR2, t.test", "inference/compare-clusters", /against R/),
  row("compareTriggered", "mpmath, 40 digits", "inference/compare-triggered", /against 40 digits/),
  row(
    "compareStratified",
    "R mantelhaen.test; metafor; mpmath, 60 digits; exact integers",
    "inference/compare-stratified",
    /against R and metafor|against mpmath|exact test of strata/,
    undefined,
    "R's root finder stops at 1.2e-4",
  ),
  row(
    "adjustWithCovariate compareWithCovariates",
    "mpmath, 50 digits",
    "inference/compare-with-covariates",
    /against mpmath/,
    undefined,
    "the table has normal limits, ours are Student's",
  ),
  row(
    "compareArms",
    "NumPy and SciPy quadrature; R mvtnorm",
    "inference/compare-arms",
    /Dunnett's test|law of proportions/,
  ),
  row("compareAllPairs", "NumPy, SciPy; R ptukey", "inference/compare-all-pairs", /Tukey and Kramer/),
  row("maxZ", "NumPy quadrature; R mvtnorm; SciPy", "inference/max-z", /Dunnett's test|SciPy/),
  row("adjustPValues", "R p.adjust", "inference/adjust-p-values", /R's p.adjust/),
  row(
    "testNonInferiority testSuperiority testEquivalence",
    "mpmath, 60 digits",
    "inference/margin-tests",
    /against 60 digits/,
    "rates and means",
  ),
  row(
    "testNonInferiority testSuperiority",
    "mpmath, 60 digits; R glm",
    "inference/margin-tests-of-levels",
    /60 digits|by R|R's glm/,
    "counts and ratios",
  ),
  row(
    "sampleRatioMismatch",
    "R chisq.test; exact fractions",
    "inference/sample-ratio-mismatch",
    /R's chisq.test|has the exact p-value/,
  ),
  row(
    "sequentialSampleRatio",
    "mpmath, 60 digits",
    "inference/sequential-sample-ratio",
    /has the Bayes factor/,
  ),
  row(
    "falsePositiveRisk minimumBayesFactor typeSAndM",
    "mpmath, 40 digits",
    "inference/trustworthiness",
    /agrees with (mpmath|quadrature)/,
  ),
  row("correctedEffect", "mpmath, 30 digits", "inference/corrected-effect", /is that of 25 digits/),
  row("aaUniformity", "exact fractions (Python)", "numerics/kolmogorov", /has P\(D/, "Kolmogorov's law"),
];

const PLANNING: readonly ReferenceTests[] = [
  row(
    "sampleSizeForProportions powerForProportions minimumDetectableLift",
    "R power.prop.test, uniroot; rpact; mpmath, 60 digits",
    "planning/proportions-reference",
    /./,
  ),
  row(
    "exactPowerForProportions exactTypeIErrorForProportions",
    "NumPy, SciPy enumeration",
    "planning/exact-power",
    /agrees with (enumeration|p-values)/,
  ),
  row(
    "sampleSizeForMeans powerForMeans minimumDetectableLiftForMeans",
    "R power.t.test; mpmath, 25 digits",
    "planning/means",
    /agrees with|of 25 digits/,
  ),
  row(
    "sampleSizeForNonInferiority powerForNonInferiority",
    "rpact getSampleSizeRates",
    "planning/margins",
    /agrees with rpact/,
    undefined,
    "rpact's other formula is good to 2e-8",
  ),
  row(
    "sampleSizeForNonInferiority sampleSizeForSuperiority sampleSizeForEquivalence",
    "R qnorm, uniroot",
    "planning/margins-of-levels",
    /agree with R/,
    "counts and ratios",
  ),
  row(
    "sampleSizeForEquivalence powerForEquivalence",
    "mpmath; Gauss–Legendre",
    "planning/equivalence",
    /agrees with the closed normal form|of the table|closed form/,
  ),
  row("assuranceForProportions", "mpmath, 30 digits", "planning/assurance", /of 30 digits/),
  row(
    "sampleSizeForProportions powerForProportions",
    "NumPy quadrature; R mvtnorm",
    "planning/several-treatments",
    /Dunnett's critical values/,
    "several treatments",
  ),
];

const BAYESIAN: readonly ReferenceTests[] = [
  row(
    "compareBetaBinomial",
    "mpmath, 25 to 50 digits",
    "bayesian/reference",
    /./,
    undefined,
    "in posterior deviations, at 1e15 units, where the rounding of a rate is 5e-9",
  ),
  row(
    "compareBetaBinomial",
    "mpmath, 26 digits",
    "bayesian/rate-effects-reference",
    /./,
    "odds ratio and shortest intervals",
    "ours: ends of shortest intervals, where the density is flat, in quarters of their width",
  ),
  row("compareGammaPoisson", "mpmath", "bayesian/compare-gamma-poisson", /has the figures of mpmath/),
  row("compareNormal", "double quadrature, 1e-11", "bayesian/compare-normal", /double quadrature/),
  row(
    "compareGammaPoisson compareNormal",
    "mpmath, 22 digits",
    "bayesian/two-marginals",
    /of 22 digits/,
    "law of the difference",
  ),
  row("compareNormal", "mpmath, 30 digits", "bayesian/better-mean", /of 30 digits/, "probability and loss"),
  row(
    "compareBetaBinomial compareGammaPoisson compareNormal",
    "mpmath",
    "bayesian/effect-density",
    /is that of mpmath/,
    "densities of effects",
  ),
  row("compareRevenue", "mpmath, 30 digits, Mellin transforms", "bayesian/compare-revenue", /Mellin/),
  row(
    "compareDirichletMultinomial",
    "mpmath, 60 digits",
    "bayesian/compare-dirichlet-multinomial",
    /of 60 digits/,
  ),
  row("compareWithEffectPrior", "mpmath, 30 digits", "bayesian/compare-with-effect-prior", /of 30 digits/),
  row(
    "bayesFactorForProportions",
    "mpmath, 50 digits",
    "bayesian/bayes-factor-for-proportions",
    /is that of/,
  ),
  row(
    "probabilityBest",
    "mpmath, 40 digits",
    "bayesian/probability-best",
    /of 40 digits|agrees with the table/,
  ),
  row("highestDensityInterval", "mpmath, 35 to 50 digits", "bayesian/highest-density-interval", /of mpmath/),
  row(
    "empiricalBetaPrior",
    "mpmath, 30 digits",
    "bayesian/empirical-beta-prior",
    /of 25 digits/,
    undefined,
    "ours: 1e9 units, where the counts cancel",
  ),
  row("empiricalEffectPrior", 'R metafor rma(method = "ML")', "bayesian/empirical-effect-prior", /metafor's/),
  row("shrinkEffect shrinkEffects", "mpmath, 30 digits", "bayesian/shrink-effect", /of 25 digits/),
  row(
    "bayesianStopping",
    "every table in exact fractions; NumPy, SciPy",
    "bayesian/bayesian-stopping",
    /enumeration of every table/,
  ),
  row(
    "predictiveProbability",
    "every end, mpmath; NumPy, SciPy",
    "bayesian/plans-reference",
    /predictiveProbability/,
  ),
  row(
    "valueOfInformation sampleSizeForExpectedLoss",
    "exact fractions",
    "bayesian/plans-reference",
    /valueOfInformation/,
  ),
  row(
    "assurance assuranceForBetaBinomial",
    "every end, mpmath, 40 digits",
    "bayesian/plans-reference",
    /assurance/,
  ),
  row(
    "sampleSizeForPosteriorWidth",
    "every outcome, SciPy",
    "bayesian/plans-reference",
    /width of posteriors/,
    undefined,
    "ours: averages over more outcomes than the rule has nodes",
  ),
];

const SEQUENTIAL: readonly ReferenceTests[] = [
  row(
    "groupSequentialDesign",
    "NumPy recursion, 1e-12; mpmath, 25 digits; rpact",
    "sequential/group-sequential-design",
    /has boundaries|holds '|rpact/,
    undefined,
    "rpact's roots are good to 1e-7",
  ),
  row(
    "groupSequentialPower groupSequentialBoundaries sampleSizeForGroupSequential",
    "NumPy recursion, 1e-12",
    "sequential/group-sequential-power",
    /as the reference says/,
  ),
  row(
    "groupSequentialDesign groupSequentialPower",
    "mpmath, 25 digits",
    "numerics/exit-probabilities",
    /as mpmath says/,
    "exit probabilities, tails to 1e-300",
  ),
  row(
    "analyzeGroupSequential",
    "rpact, roots to 1e-6",
    "sequential/analyze-group-sequential",
    /rpact/,
    undefined,
    "rpact's roots are good to 1e-6, some intervals of flat functions less",
  ),
  row(
    "analyzeGroupSequential conditionalPower predictivePower",
    "mpmath, 30 digits",
    "sequential/stage-wise-ordering",
    /to 1e-12/,
    "stage-wise ordering, power ahead",
  ),
  row(
    "conditionalPower",
    "rpact",
    "sequential/conditional-power",
    /agrees with rpact/,
    undefined,
    "rpact's roots are good to 1e-6",
  ),
  row(
    "alwaysValidPValue confidenceSequence liftConfidenceSequence proportionConfidenceSequence",
    "mpmath, 50 to 60 digits",
    "sequential/always-valid-references",
    /./,
    undefined,
    "confseq approximates the best ratio; relative to the width",
  ),
  row(
    "sequentialDuration",
    "NumPy, SciPy recursion, 1e-13",
    "sequential/sequential-duration",
    /recursion of another make|known group-sequential/,
  ),
];

const PROXY: readonly ReferenceTests[] = [
  row(
    "detectionSpeedup planningSpeedup observedSpeedup calendarSpeedup transmitLift unitCovariance elicitEffectCovariance",
    "NumPy, SciPy, R; mpmath, 50 digits",
    "proxy/speedup-references",
    /./,
  ),
  row(
    "decisionSpeedup proxyAssisted",
    "mpmath, matrices at 60 digits, quadrature at 30",
    "proxy/decision-mpmath",
    /./,
  ),
  row(
    "decisionSpeedup paradoxRisk predictMacro proxyAssisted surrogateThresholdEffect surrogateThresholdFromLine",
    "NumPy, SciPy",
    "proxy/decision-references",
    /./,
  ),
  row(
    "fitEffectPopulation decisionSpeedup predictMacro",
    "mpmath, 20 digits",
    "proxy/effect-population",
    /populations against mpmath/,
    "heavy tails, a spike at 0",
  ),
  row(
    "jointProxyAssisted optimalProxyWeights jointUnitCovariance",
    "mpmath, dense solves at 50 digits",
    "proxy/joint-decisions-mpmath",
    /./,
  ),
  row(
    "estimateJointEffectCovariance",
    "mpmath, dense densities at 40 digits",
    "proxy/joint-evidence",
    /dense densities/,
  ),
  row("estimateEffectCovariance", "mpmath, 40 digits", "proxy/random-effects-mpmath", /./, "likelihood fits"),
  row(
    "estimateEffectCovariance",
    "R metafor rma, rma.mv",
    "proxy/random-effects-references",
    /agree/,
    "likelihood fits",
    "metafor's optimiser stops short of the maximum",
  ),
  row(
    "estimateEffectCovariance",
    "R metafor rma.mv",
    "proxy/random-effects-metafor",
    /metafor/,
    "likelihood fits",
    "metafor's optimiser stops up to 1e-5 short of the maximum",
  ),
  row(
    "estimateEffectCovariance",
    "mpmath, 50 digits",
    "proxy/moment-covariance",
    /50 digits|specification's own/,
    "moments",
  ),
  row(
    "estimateEffectCovariance",
    "dense covariances, Gauss–Legendre",
    "proxy/covariance-posterior",
    /agrees with dense/,
    "posterior",
    "ours: the grid of the posterior is good to 1e-5",
  ),
  row("individualSurrogacy", "mpmath, R", "proxy/individual-surrogacy", /figures from outside/),
  row("experimentsNeeded", "NumPy, SciPy", "proxy/experiments-needed", /specification's number/),
  row(
    "trialLevelR2",
    "R lm",
    "proxy/trial-level-r2",
    /is R's|published/,
    undefined,
    "printed to seven digits",
  ),
  row("programmeGain", "mpmath, 40 digits", "proxy/programme-references", /./),
  row("microValue", "mpmath, 40 digits", "proxy/micro-value", /estimates and sets of table/),
  row(
    "sequentialProxyAssisted",
    "mpmath",
    "proxy/sequential-proxy-assisted",
    /as the joint normal|as integrals over both looks/,
  ),
];

const EXPERIMENT: readonly ReferenceTests[] = [
  row(
    "analyzeDays",
    "mpmath, 40 digits; R metafor, lm, nls",
    "experiment/analyze-days-references",
    /./,
    undefined,
    "R's nls stops at about 1e-8",
  ),
  row(
    "analyzeFunnel",
    "mpmath, 60 digits; R prop.test, mvtnorm; SciPy",
    "experiment/funnel-references",
    /./,
    undefined,
    "mvtnorm's algorithm of Miwa is good to 1e-9",
  ),
  row(
    "analyzeSegments",
    "mpmath, 30 digits; R metafor",
    "experiment/segments-references",
    /./,
    undefined,
    "ours: quadrature of posterior means, relative to the width of their intervals",
  ),
  row(
    "analyzeExperiment",
    "SciPy, mpmath",
    "experiment/real-experiments",
    /SciPy, NumPy and mpmath/,
    "five real experiments",
  ),
];

const CALLS: readonly ReferenceTests[] = [
  row(
    "mergeMeans mergeProportions mergeCounts mergeRatios mergeMoments",
    "fractions of the units themselves",
    "properties/calls-references",
    /known from outside > (mergeMeans|mergeProportions|mergeCounts|mergeRatios|mergeMoments),/,
  ),
  row(
    "proportionMean proportionMoments linearize quantileDesignEffect",
    "exact fractions",
    "properties/calls-references",
    /known from outside > (proportionMean|proportionMoments|linearize|quantileDesignEffect),/,
  ),
  row(
    "powerForCounts sampleSizeForCounts minimumDetectableLiftForCounts",
    "mpmath, 40 digits",
    "properties/calls-references",
    /known from outside > (powerForCounts|sampleSizeForCounts|minimumDetectableLiftForCounts),/,
  ),
  row(
    "powerForRatios sampleSizeForRatios minimumDetectableLiftForRatios",
    "mpmath, 40 digits",
    "properties/calls-references",
    /known from outside > (powerForRatios|sampleSizeForRatios|minimumDetectableLiftForRatios),/,
  ),
  row(
    "probabilityToBeat",
    "mpmath, finite sums, 40 digits",
    "properties/calls-references",
    /known from outside > (probabilityToBeat),/,
  ),
  row(
    "thompsonAllocation topTwoAllocation",
    "mpmath quadrature, 25 digits",
    "properties/calls-references",
    /known from outside > (thompsonAllocation|topTwoAllocation),/,
  ),
  row(
    "skepticalPrior winnersCurse regionOfPracticalEquivalence",
    "mpmath, 25 digits",
    "properties/calls-references",
    /known from outside > (skepticalPrior|winnersCurse|regionOfPracticalEquivalence),/,
  ),
  row(
    "twymanCheck sampleRatioBySegment adjustLogPValues",
    "mpmath, 40 digits",
    "properties/calls-references",
    /known from outside > (twymanCheck|sampleRatioBySegment|adjustLogPValues),/,
  ),
  row(
    "compositeEffects compositeSampling pairEffects sensitivityWeights surrogateIndex",
    "mpmath matrices, exact fractions",
    "properties/calls-references",
    /known from outside > (compositeEffects|compositeSampling|pairEffects|sensitivityWeights|surrogateIndex),/,
  ),
];

/** What holds which public function to which outside values. */
export const REFERENCES: readonly ReferenceTests[] = [
  ...DISTRIBUTIONS,
  ...INFERENCE,
  ...PLANNING,
  ...BAYESIAN,
  ...SEQUENTIAL,
  ...PROXY,
  ...EXPERIMENT,
  ...CALLS,
];
