# Futility boundaries by beta spending, one-sided: rpact 3.3.4, whose root finding is good to about 1e-7.
# Usage: Rscript futility.R > futility.json
suppressMessages(library(rpact))
number <- function(x) paste0("[", paste(format(x, digits = 12), collapse = ", "), "]")
cases <- list(
  list(ours = "lan-demets-obrien-fleming", type = "asOF", beta = "bsOF", g = NA, rates = c(1, 2, 3) / 3, binding = FALSE),
  list(ours = "lan-demets-obrien-fleming", type = "asOF", beta = "bsOF", g = NA, rates = c(1, 2, 3) / 3, binding = TRUE),
  list(ours = "lan-demets-pocock", type = "asP", beta = "bsP", g = NA, rates = c(0.2, 0.5, 0.8, 1), binding = FALSE),
  list(ours = "lan-demets-pocock", type = "asP", beta = "bsP", g = NA, rates = c(0.2, 0.5, 0.8, 1), binding = TRUE),
  list(ours = "kim-demets", type = "asKD", beta = "bsKD", g = 2, rates = c(0.3, 0.6, 1), binding = FALSE),
  list(ours = "kim-demets", type = "asKD", beta = "bsKD", g = 2, rates = c(0.3, 0.6, 1), binding = TRUE),
  list(ours = "hwang-shih-decani", type = "asHSD", beta = "bsHSD", g = -2, rates = c(0.25, 0.5, 0.75, 1), binding = FALSE),
  list(ours = "hwang-shih-decani", type = "asHSD", beta = "bsHSD", g = -2, rates = c(0.25, 0.5, 0.75, 1), binding = TRUE)
)
lines <- sapply(cases, function(c) {
  args <- list(typeOfDesign = c$type, typeBetaSpending = c$beta, informationRates = c$rates, alpha = 0.025, beta = 0.2,
               sided = 1, bindingFutility = c$binding, tolerance = 1e-10)
  if (!is.na(c$g)) { args$gammaA <- c$g; args$gammaB <- c$g }
  d <- do.call(getDesignGroupSequential, args)
  x <- getDesignCharacteristics(d)
  sprintf('  {"in": {"spending": "%s", "gamma": %s, "informationRates": %s, "binding": %s}, "out": {"efficacy": %s, "futility": %s, "inflation": %s, "ofFixed": {"alternative": %s, "halfway": %s, "null": %s}, "power": %s}}',
    c$ours, if (is.na(c$g)) "null" else c$g, number(c$rates), tolower(c$binding), number(d$criticalValues), number(d$futilityBounds),
    format(x$inflationFactor, digits = 12), format(x$averageSampleNumber1, digits = 12), format(x$averageSampleNumber01, digits = 12),
    format(x$averageSampleNumber0, digits = 12), number(x$rejectionProbabilities))
})
cat('{"method": "rpact 3.3.4: see futility.R; one-sided, alpha 0.025, power 0.8", "cases": [\n', paste(lines, collapse = ",\n"), "\n]}\n", sep = "")
