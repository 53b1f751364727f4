# Two-sided group-sequential analyses, and one-sided ones with futility bounds, by rpact 3.3.4 (R 4.2.2), whose roots
# are good to about 1e-6. Rscript group-sequential-analysis-more.R > group-sequential-analysis-more.json
# The conventions are those of group-sequential-analysis.json; futility bounds are on the z scale, -6 is none.
suppressMessages(library(rpact))
setLogLevel("DISABLED")

cases <- list(
  list(design = "asOF", information = c(0.3, 0.6, 1), alpha = 0.05, sided = 2, n = c(3000, 6000), t = c(180, 400), c = c(150, 300)),
  list(design = "asP", information = c(0.5, 1), alpha = 0.05, sided = 2, n = c(4000, 8000), t = c(120, 240), c = c(140, 300)),
  list(design = "P", information = c(0.25, 0.5, 0.75, 1), alpha = 0.05, sided = 2, n = c(1000, 2000, 3000, 4000), t = c(52, 101, 160, 215), c = c(50, 95, 150, 190)),
  list(design = "WT", information = c(0.2, 0.6, 1), alpha = 0.1, sided = 2, deltaWT = 0.25, n = c(1000, 3000, 5000), t = c(110, 320, 560), c = c(100, 300, 480)),
  list(design = "asOF", information = c(0.4, 0.7, 1), alpha = 0.025, sided = 1, futility = c(0, 0.5), binding = TRUE, n = c(2000, 3500, 5000), t = c(108, 190, 290), c = c(100, 172, 235)),
  list(design = "asP", information = c(0.5, 1), alpha = 0.025, sided = 1, futility = c(0.3), binding = FALSE, n = c(2000, 4000), t = c(130, 260), c = c(110, 210)),
  list(design = "asHSD", information = c(0.4, 0.7, 1), alpha = 0.05, sided = 2, gamma = -2, n = c(2500, 4400), t = c(190, 350), c = c(160, 270))
)

values <- function(x) paste0("[", paste(ifelse(is.na(x), "null", formatC(x, digits = 17, format = "g", width = 1)), collapse = ", "), "]")
one <- function(x) if (length(x) == 0 || is.na(x)) "null" else formatC(x, digits = 17, format = "g", width = 1)

lines <- c()
for (k in cases) {
  args <- list(typeOfDesign = k$design, informationRates = k$information, alpha = k$alpha, sided = k$sided)
  if (!is.null(k$deltaWT)) args$deltaWT <- k$deltaWT
  if (!is.null(k$gamma)) args$gammaA <- k$gamma
  if (!is.null(k$futility)) { args$futilityBounds <- k$futility; args$bindingFutility <- k$binding }
  d <- do.call(getDesignGroupSequential, args)
  step <- function(x) diff(c(0, x))
  data <- getDataset(n1 = step(k$n), n2 = step(k$n), events1 = step(k$t), events2 = step(k$c))
  s <- getStageResults(d, data, normalApproximation = TRUE)
  done <- length(k$n)
  z <- qnorm(1 - s$overallPValues[1:done])
  rci <- getRepeatedConfidenceIntervals(d, data, normalApproximation = TRUE)
  final <- tryCatch(getFinalPValue(s), error = function(e) list(finalStage = NA, pFinal = NA))
  ci <- tryCatch(suppressWarnings(getFinalConfidenceInterval(d, data, normalApproximation = TRUE)), error = function(e) NULL)
  p <- getRepeatedPValues(s)[1:done]
  lines <- c(lines, sprintf(
    '{"in": {"design": "%s", "information": %s, "alpha": %s, "sided": %d, "gamma": %s, "deltaWT": %s, "futility": %s, "binding": %s, "n_per_arm": %s, "x_treatment": %s, "x_control": %s}, "out": {"boundaries": %s, "z": %s, "repeated_p": %s, "rci": {"lower": %s, "upper": %s}, "final": {"stage": %s, "p": %s}, "final_ci_general": %s, "median_unbiased_general": %s}}',
    k$design, values(k$information), one(k$alpha), as.integer(k$sided), one(k$gamma), one(k$deltaWT),
    if (is.null(k$futility)) "null" else values(k$futility), if (isTRUE(k$binding)) "true" else "false",
    values(k$n), values(k$t), values(k$c),
    values(d$criticalValues), values(z), values(p), values(rci[1, 1:done]), values(rci[2, 1:done]),
    one(final$finalStage), one(final$pFinal),
    if (is.null(ci)) "[null, null]" else values(ci$finalConfidenceIntervalGeneral),
    if (is.null(ci)) "null" else one(ci$medianUnbiasedGeneral)
  ))
}
cat('{"source": "rpact 3.3.4, group-sequential-analysis-more.R", "cases": [\n', paste(lines, collapse = ",\n"), "\n]}\n", sep = "")
