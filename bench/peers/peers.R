# R's own statistics, rpact and metafor on the tasks, as JSON for bench/peers/run.ts. What is not installed is left out.
suppressMessages(library(jsonlite))
options(warn = -1)
tasks <- fromJSON(commandArgs(TRUE)[1], simplifyVector = FALSE)
names(tasks) <- vapply(tasks, function(task) task$name, "")

seconds <- function(call, at_least = 0.1) {
  best <- Inf
  for (round in 1:5) {
    calls <- 0
    batch <- 1
    start <- proc.time()[["elapsed"]]
    repeat {
      for (i in seq_len(batch)) call()
      calls <- calls + batch
      elapsed <- proc.time()[["elapsed"]] - start
      if (elapsed > at_least / 5) break
      batch <- batch * 2
    }
    best <- min(best, elapsed / calls)
  }
  best
}

plain <- function(value) {
  show <- function(v) if (is.finite(v)) v else unbox(as.character(v))
  if (length(value) == 1) unbox(show(as.numeric(value))) else lapply(as.numeric(value), function(v) unbox(show(v)))
}

outcome <- function(call, input)
  tryCatch(plain(do.call(call, input)), error = function(error) unbox(substr(paste("Error:", conditionMessage(error)), 1, 80)))

numbers <- function(input) lapply(input, function(x) if (is.list(x) && !is.list(x[[1]])) unlist(x) else x)

answers <- function(calls, arrays = character()) {
  out <- lapply(names(calls), function(name) {
    task <- tasks[[name]]
    call <- calls[[name]]
    inputs <- lapply(task$inputs, numbers)
    timed <- inputs[seq_len(task$timed)]
    answer <- list(
      values = lapply(inputs, function(input) outcome(call, input)),
      seconds = unbox(seconds(function() for (input in timed) do.call(call, input)) / length(timed))
    )
    if (name %in% arrays) {
      repeats <- 3000 %/% length(timed)
      columns <- lapply(seq_along(timed[[1]]), function(i) rep(vapply(timed, function(x) as.numeric(x[[i]]), 0), repeats))
      answer$secondsInArrays <- unbox(seconds(function() do.call(call, columns)) / (repeats * length(timed)))
    }
    answer
  })
  names(out) <- names(calls)
  out
}

# Treatment first: "greater" then means that treatment is above control.
table_of <- function(c1, n1, c2, n2) matrix(c(c2, n2 - c2, c1, n1 - c1), 2)

distributions <- list(
  "normal.cdf" = function(x) pnorm(x),
  "normal.quantile" = function(p) qnorm(p),
  "studentT.cdf" = function(t, df) pt(t, df),
  "studentT.quantile" = function(p, df) qt(p, df),
  "beta.cdf" = function(x, a, b) pbeta(x, a, b),
  "beta.sf" = function(x, a, b) pbeta(x, a, b, lower.tail = FALSE),
  "beta.quantile" = function(p, a, b) qbeta(p, a, b),
  "gamma.cdf" = function(x, shape) pgamma(x, shape),
  "gamma.sf" = function(x, shape) pgamma(x, shape, lower.tail = FALSE),
  "gamma.quantile" = function(p, shape) qgamma(p, shape),
  "chiSquared.sf" = function(x, df) pchisq(x, df, lower.tail = FALSE),
  "f.sf" = function(x, df1, df2) pf(x, df1, df2, lower.tail = FALSE),
  "binomial.cdf" = function(k, n, p) pbinom(k, n, p),
  "binomial.sf" = function(k, n, p) pbinom(k, n, p, lower.tail = FALSE),
  "poisson.cdf" = function(k, mean) ppois(k, mean),
  "hypergeometric.cdf" = function(k, population, successes, draws) phyper(k, successes, population - successes, draws)
)
power_of <- function(p1, p2, n, alpha)
  power.prop.test(n = n, p1 = p1, p2 = p2, sig.level = alpha, strict = TRUE)$power
others <- list(
  "two-proportion z test" = function(c1, n1, c2, n2) prop.test(c(c2, c1), c(n2, n1), correct = FALSE)$p.value,
  "Fisher's exact test" = function(c1, n1, c2, n2) fisher.test(table_of(c1, n1, c2, n2), conf.int = FALSE)$p.value,
  "rate, Wilson interval, upper end" = function(conversions, n) prop.test(conversions, n, correct = FALSE)$conf.int[2],
  "rate, Clopper-Pearson interval, upper end" = function(conversions, n) binom.test(conversions, n)$conf.int[2],
  "power, two proportions" = power_of,
  "sample size, two proportions" = function(p1, p2, alpha, power)
    ceiling(power.prop.test(p1 = p1, p2 = p2, sig.level = alpha, power = power, tol = 1e-10)$n),
  "power, t test" = function(n, difference, alpha)
    power.t.test(n = n, delta = difference, sd = 1, sig.level = alpha, strict = TRUE)$power,
  "adjusted p-values, Holm" = function(pValues) p.adjust(pValues, "holm"),
  "adjusted p-values, Benjamini-Hochberg" = function(pValues) p.adjust(pValues, "BH"),
  "adjusted p-values, Hommel" = function(pValues) p.adjust(pValues, "hommel")
)
peers <- list(
  "R" = list(version = unbox(paste(R.version$major, R.version$minor, sep = ".")), answers = answers(c(distributions, others), names(distributions)))
)
version_of <- function(package) unbox(as.character(packageVersion(package)))
if (suppressMessages(requireNamespace("rpact", quietly = TRUE))) {
  boundaries <- function(type) function()
    rpact::getDesignGroupSequential(kMax = 2, alpha = 0.025, sided = 1, typeOfDesign = type)$criticalValues
  rpact_calls <- list(
    "sample size, two proportions" = function(p1, p2, alpha, power)
      rpact::getSampleSizeRates(pi1 = p2, pi2 = p1, sided = 2, alpha = alpha, beta = 1 - power)$numberOfSubjects1,
    "power, t test" = function(n, difference, alpha)
      rpact::getPowerMeans(
        rpact::getDesignGroupSequential(kMax = 1, alpha = alpha, sided = 2),
        groups = 2, alternative = difference, stDev = 1, maxNumberOfSubjects = 2 * n
      )$overallReject,
    "boundaries of two looks, O'Brien-Fleming spending" = boundaries("asOF"),
    "boundaries of two looks, Pocock spending" = boundaries("asP")
  )
  ceil_size <- rpact_calls[["sample size, two proportions"]]
  rpact_calls[["sample size, two proportions"]] <- function(...) ceiling(ceil_size(...))
  peers$rpact <- list(version = version_of("rpact"), answers = answers(rpact_calls))
}
if (suppressMessages(requireNamespace("metafor", quietly = TRUE))) {
  spread <- function(effects, variances) sqrt(suppressMessages(metafor::rma(effects, variances, method = "ML"))$tau2)
  peers$metafor <- list(
    version = version_of("metafor"),
    answers = answers(list("spread of true effects over experiments" = spread))
  )
}
cat(toJSON(peers, digits = NA, null = "null"))
