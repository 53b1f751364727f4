# Makes margins-of-levels.json: tests of counts and ratios against margins, from drawn units. R 4.2.2:
# Rscript margins-of-levels.R > margins-of-levels.json
# Counts: Rao's score test by anova(glm), with the margin as an offset: on the log scale for a lift, on the identity scale
# for a difference; its square root with the sign of the effect, over the root of the dispersion of the full model.
# Ratios: the variance of numerator - ratio * denominator over the units, by its definition.
options(warn = 1)
num <- function(x) sprintf("%.17g", x)
set.seed(20261123)
arm_of <- function(y) rep(0:1, c(length(y[[1]]), length(y[[2]])))
rao <- function(y, scale, value) {
  all <- unlist(y); arm <- arm_of(y); means <- sapply(y, mean)
  if (scale == "lift") {
    shift <- arm * log(1 + value); family <- quasipoisson(); at <- log(means)
  } else {
    shift <- arm * value; family <- quasipoisson(link = "identity"); at <- means
  }
  control <- glm.control(epsilon = 1e-15, maxit = 200)
  gap <- at[2] - at[1] - (if (scale == "lift") log(1 + value) else value)
  # The root of the restricted likelihood, from which the fit only has to stay.
  n <- sapply(y, length); x <- sapply(y, sum)
  slope <- function(r) x[1] / r + x[2] / (r + value) - sum(n)
  base <- if (scale == "lift") log(sum(x) / (n[1] + (1 + value) * n[2])) else
    uniroot(slope, c(max(1e-12, -value + 1e-12), max(means) + abs(value) + 1), tol = 1e-16, maxiter = 10000)$root
  null <- glm(all ~ 1 + offset(shift), family = family, start = base, control = control)
  full <- glm(all ~ arm + offset(shift), family = family, start = c(at[1], gap), control = control)
  stat <- anova(null, full, test = "Rao")$Rao[2]
  dispersion <- summary(full)$dispersion
  list(poisson = sign(gap) * sqrt(stat), quasi = sign(gap) * sqrt(stat / dispersion), df = full$df.residual)
}
draws <- list(c(40, 35, 2, 2.6, .7), c(300, 200, .5, .55, .3), c(1000, 900, 1.5, 1.7, 1), c(2500, 500, .1, .15, .2), c(60, 90, 3, 2.4, 50))
values <- list(c("lift", -.2), c("difference", -.1), c("lift", .3), c("difference", .05), c("lift", -.05), c("difference", -.02))
counts <- character(0)
for (d in draws) {
  y <- list(rnbinom(d[1], mu = d[3], size = d[5]), rnbinom(d[2], mu = d[4], size = d[5]))
  for (v in values) {
    value <- as.numeric(v[2]); r <- rao(y, v[1], value)
    counts <- c(counts, sprintf('    {"control": {"n": %d, "events": %d, "variance": %s}, "treatment": {"n": %d, "events": %d, "variance": %s}, "scale": "%s", "nullValue": %s, "poisson": %s, "quasi": %s, "df": %d, "pAbove": %s, "pBelow": %s}',
      length(y[[1]]), sum(y[[1]]), num(var(y[[1]])), length(y[[2]]), sum(y[[2]]), num(var(y[[2]])), v[1], num(value),
      num(r$poisson), num(r$quasi), r$df, num(pt(r$quasi, r$df, lower.tail = FALSE)), num(pt(r$quasi, r$df))))
  }
}
ratios <- character(0)
summary_of <- function(a) sprintf('{"n": %d, "numerator": {"mean": %s, "variance": %s}, "denominator": {"mean": %s, "variance": %s}, "covariance": %s}',
  length(a$x), num(mean(a$y)), num(var(a$y)), num(mean(a$x)), num(var(a$x)), num(cov(a$x, a$y)))
for (d in list(c(50, 60, 3, .4, .42), c(800, 700, 5, .1, .12), c(5000, 4000, 2, .3, .29), c(200, 2000, 9, 1.5, 1.4))) {
  one <- function(n, p) { x <- 1 + rpois(n, d[3]); list(x = x, y = rpois(n, p * x * rgamma(n, 4, 4))) }
  a <- list(one(d[1], d[4]), one(d[2], d[5]))
  ratio <- sapply(a, function(u) sum(u$y) / sum(u$x))
  variance <- mapply(function(u, r) var(u$y - r * u$x) / mean(u$x)^2 / length(u$x), a, ratio)
  for (v in values) {
    value <- as.numeric(v[2]); R <- if (v[1] == "lift") 1 + value else 1
    z <- (ratio[2] - R * ratio[1] - (if (v[1] == "lift") 0 else value)) / sqrt(variance[2] + R^2 * variance[1])
    ratios <- c(ratios, sprintf('    {"control": %s, "treatment": %s, "scale": "%s", "nullValue": %s, "statistic": %s, "pAbove": %s, "pBelow": %s}',
      summary_of(a[[1]]), summary_of(a[[2]]), v[1], num(value), num(z), num(pnorm(z, lower.tail = FALSE)), num(pnorm(z))))
  }
}
cat('{\n  "origin": "margins-of-levels.R, R 4.2.2: glm(family = quasipoisson), anova(test = \\"Rao\\"); var",\n  "counts": [\n', paste(counts, collapse = ",\n"), '\n  ],\n  "ratios": [\n', paste(ratios, collapse = ",\n"), '\n  ]\n}\n', sep = "")
