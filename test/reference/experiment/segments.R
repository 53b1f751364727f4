# Heterogeneity of effects by metafor, from rates, means and event counts of segments, and of y with its errors.
#   Rscript segments.R > segments-r.json
suppressMessages({ library(metafor); library(jsonlite) })
set.seed(11)
fit <- function(y, se) {
  common <- rma(y, sei = se, method = "FE")
  pm <- rma(y, sei = se, method = "PM", control = list(tol = 1e-13, maxiter = 1000))
  list(q = common$QE, pValue = common$QEp, iSquared = max(0, 1 - (length(y) - 1) / common$QE), tau = sqrt(pm$tau2))
}
numbers <- function(x) as.numeric(x)
rates <- lapply(c(2, 3, 5, 10), function(k) {
  n1 <- round(exp(runif(k, 7, 10))); n2 <- round(exp(runif(k, 7, 10)))
  x1 <- rbinom(k, n1, 0.08); x2 <- rbinom(k, n2, 0.08 * exp(rnorm(k, 0.05, 0.1)))
  rr <- escalc("RR", ai = x2, n1i = n2, ci = x1, n2i = n1)
  rd <- escalc("RD", ai = x2, n1i = n2, ci = x1, n2i = n1)
  tables <- array(rbind(x2, x1, n2 - x2, n1 - x1), c(2, 2, k))
  mh <- rma.mh(ai = x2, n1i = n2, ci = x1, n2i = n1, measure = "RR", correct = FALSE)
  bd <- rma.mh(ai = x2, n1i = n2, ci = x1, n2i = n1, measure = "OR", correct = FALSE)
  list(n1 = n1, x1 = x1, n2 = n2, x2 = x2, y = numbers(rr$yi), se = sqrt(numbers(rr$vi)),
    logLift = fit(numbers(rr$yi), sqrt(numbers(rr$vi))), difference = fit(numbers(rd$yi), sqrt(numbers(rd$vi))),
    mantelHaenszelLogRatio = numbers(mh$beta), tarone = bd$TA, taroneP = bd$TAp)
})
means <- lapply(c(3, 6), function(k) {
  n1 <- round(exp(runif(k, 6, 9))); n2 <- round(exp(runif(k, 6, 9)))
  m1 <- runif(k, 10, 30); m2 <- m1 * exp(rnorm(k, 0.02, 0.05)); s1 <- m1 * 2; s2 <- m2 * 2.1
  rom <- escalc("ROM", m1i = m2, sd1i = s2, n1i = n2, m2i = m1, sd2i = s1, n2i = n1)
  # Without metafor's correction of the bias of a log, and its variance to the first order.
  y <- log(m2 / m1); se <- sqrt(s2^2 / (n2 * m2^2) + s1^2 / (n1 * m1^2))
  list(n1 = n1, m1 = m1, v1 = s1^2, n2 = n2, m2 = m2, v2 = s2^2, logLift = fit(y, se), difference = fit(m2 - m1, sqrt(s1^2 / n1 + s2^2 / n2)))
})
counts <- lapply(c(3, 6), function(k) {
  n1 <- round(exp(runif(k, 6, 9))); n2 <- round(exp(runif(k, 6, 9)))
  x1 <- rpois(k, 0.4 * n1); x2 <- rpois(k, 0.4 * n2 * exp(rnorm(k, 0.02, 0.05)))
  irr <- escalc("IRR", x1i = x2, t1i = n2, x2i = x1, t2i = n1)
  list(n1 = n1, x1 = x1, n2 = n2, x2 = x2, logLift = fit(numbers(irr$yi), sqrt(numbers(irr$vi))))
})
cat(toJSON(list(source = paste("R", getRversion(), "metafor", packageVersion("metafor"), "segments.R"),
  rates = rates, means = means, counts = counts), digits = NA, auto_unbox = TRUE, pretty = 1))
