# Effects over days: metafor (fixed-effects meta-regression), lm with weights, and nls with profile limits.
# Rscript days.R > days-r.json   (R 4.2.2, metafor 3.8-1, jsonlite 1.8.4)
suppressMessages({library(metafor); library(jsonlite)})
set.seed(20261123)
hazards <- function(k, n, rate, effect) {
  control <- treatment <- list(n = n, risk = n)
  days <- data.frame()
  nc <- nt <- n
  for (d in 1:k) {
    xc <- rbinom(1, nc, rate / d^.3); xt <- rbinom(1, nt, rate / d^.3 * exp(effect(d)))
    days <- rbind(days, data.frame(day = d, nc, xc, nt, xt))
    nc <- rbinom(1, nc - xc, .97); nt <- rbinom(1, nt - xt, .97)
  }
  days
}
summarise <- function(name, by, scale, days) {
  e <- if (scale == "log-lift") escalc("RR", ai = xt, n1i = nt, ci = xc, n2i = nc, data = days, add = 0, to = "none")
       else escalc("RD", ai = xt, n1i = nt, ci = xc, n2i = nc, data = days, add = 0, to = "none")
  x <- if (by == "day-of-exposure") log2(days$day) else days$day
  y <- as.numeric(e$yi); v <- as.numeric(e$vi); k <- length(y)
  pooled <- rma(y, v, method = "FE")
  meta <- rma(y, v, mods = ~ x, method = "FE")
  own <- summary(lm(y ~ x, weights = 1 / v))$coefficients
  cut <- ceiling(k / 3)
  early <- rma(y[1:cut], v[1:cut], method = "FE"); late <- rma(y[-(1:cut)], v[-(1:cut)], method = "FE")
  out <- list(name = name, by = by, scale = scale, days = days,
    pooled = c(pooled$beta, pooled$se), q = pooled$QE, qP = pooled$QEp,
    slope = meta$beta[2], slopeError = meta$se[2], slopeP = meta$pval[2], residualQ = meta$QE, residualP = meta$QEp,
    lmError = own[2, 2], lmP = own[2, 4],
    early = c(early$beta, early$se), late = c(late$beta, late$se),
    standardized = as.numeric(rstandard(meta)$z))
  if (grepl("decay", name)) {
    t <- days$day - days$day[1]
    f <- nls(y ~ L + E * 2^(-t / h), start = list(L = .1, E = .5, h = 2.5), weights = 1 / v,
             control = list(tol = 1e-9, maxiter = 500, minFactor = 1e-15, warnOnly = TRUE))
    unscaled <- sqrt(diag(summary(f)$cov.unscaled))
    scale2 <- max(1, deviance(f) / (k - 3))
    crit <- if (scale2 > 1) qt(.975, k - 3) else qnorm(.975)
    atLevel <- function(L) optimize(function(u) { g <- 2^(-t / exp(u)); E <- sum((y - L) * g / v) / sum(g^2 / v)
      sum((y - L - E * g)^2 / v) }, c(-3, 4), tol = 1e-14)$objective
    atHalf <- function(u) { g <- 2^(-t / exp(u)); deviance(lm(y ~ g, weights = 1 / v)) }
    over <- function(p) function(u) p(u) - deviance(f) - crit^2 * scale2
    b <- coef(f)
    ends <- function(p, from, mid, to) c(uniroot(over(p), c(from, mid), tol = 1e-14)$root, uniroot(over(p), c(mid, to), tol = 1e-14)$root)
    out$decay <- list(level = b[["L"]], excess = b[["E"]], halfLife = b[["h"]], q = deviance(f),
      levelError = unscaled[["L"]] * sqrt(scale2), halfLifeError = unscaled[["h"]] * sqrt(scale2),
      levelLimits = ends(atLevel, b[["L"]] - 1, b[["L"]], b[["L"]] + 1),
      halfLifeLimits = exp(ends(atHalf, -1.5, log(b[["h"]]), log(k - 1))))
  }
  out
}
cases <- list(
  summarise("decay over three weeks", "day-of-exposure", "log-lift", hazards(21, 400000, .03, function(d) .05 + .4 * 2^(-(d - 1) / 2.5))),
  summarise("decay over 30 days", "day-of-exposure", "log-lift", hazards(30, 1000000, .02, function(d) .1 + .3 * 2^(-(d - 1) / 4))),
  summarise("growth", "day-of-exposure", "log-lift", hazards(10, 50000, .05, function(d) .02 * log(d))),
  summarise("no effect", "day-of-exposure", "difference", hazards(14, 20000, .05, function(d) 0)),
  summarise("three days", "day-of-exposure", "log-lift", hazards(3, 5000, .1, function(d) .1)),
  summarise("entry, calm", "day-of-entry", "log-lift", { k <- 28; nc <- rpois(k, 5000); nt <- rpois(k, 5000)
    data.frame(day = 1:k, nc, xc = rbinom(k, nc, .06), nt, xt = rbinom(k, nt, .065)) }),
  summarise("entry, scattered", "day-of-entry", "difference", { k <- 12; nc <- rpois(k, 9000); nt <- rpois(k, 9000)
    data.frame(day = c(1:5, 8:14), nc, xc = rbinom(k, nc, .1), nt, xt = rbinom(k, nt, .1 + rnorm(k, 0, .012))) }),
  summarise("entry, one day broken", "day-of-entry", "log-lift", { k <- 20; nc <- rpois(k, 3000); nt <- rpois(k, 3000)
    p <- rep(.11, k); p[13] <- .03
    data.frame(day = 1:k, nc, xc = rbinom(k, nc, .1), nt, xt = rbinom(k, nt, p)) }))
cat(toJSON(list(origin = "days.R: R 4.2.2, metafor, lm, nls", cases = cases), auto_unbox = TRUE, digits = NA, pretty = 1))
