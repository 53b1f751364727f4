# Funnels step by step in R 4.2.2: prop.test(correct = FALSE) for the steps, for the conditional steps and for Wilson's
# intervals, p.adjust, and mvtnorm 1.1-3 pmvnorm (Miwa, without chance) for the law of the largest |z|.
# Run: Rscript funnel.R > funnel-r.json
suppressMessages({ library(mvtnorm); library(jsonlite) })
cases <- list(
  list(control = list(n = 10000, reached = c(8000, 5000, 1200, 700, 400)),
       treatment = list(n = 10050, reached = c(8060, 5030, 1450, 850, 490))),
  # Udacity's free trial screener: clicks, enrollments and payments of the 23 days with outcomes, in page views.
  list(control = list(n = 212163, reached = c(17293, 3785, 2033)),
       treatment = list(n = 211362, reached = c(17260, 3423, 1945))),
  list(control = list(n = 500, reached = c(300, 120, 40, 20)),
       treatment = list(n = 520, reached = c(340, 150, 55, 31))),
  list(control = list(n = 80000, reached = c(41000, 12000, 11000, 4000, 3900, 900)),
       treatment = list(n = 79500, reached = c(40500, 12200, 11250, 4100, 4010, 980))),
  list(control = list(n = 3000, reached = c(900, 60)), treatment = list(n = 9000, reached = c(2810, 240))))
test <- function(x1, n1, x2, n2) {
  t <- suppressWarnings(prop.test(c(x2, x1), c(n2, n1), correct = FALSE))
  c(unname(t$statistic), t$p.value)
}
wilson <- function(x, n) as.numeric(suppressWarnings(prop.test(x, n, correct = FALSE))$conf.int)
out <- lapply(cases, function(case) {
  c <- case$control; t <- case$treatment; K <- length(c$reached)
  bc <- c(c$n, c$reached)[1:K]; bt <- c(t$n, t$reached)[1:K]
  effects <- t(sapply(1:K, function(k) test(c$reached[k], c$n, t$reached[k], t$n)))
  past <- t(sapply(1:K, function(k) test(c$reached[k], bc[k], t$reached[k], bt[k])))
  p <- (c$reached + t$reached) / (c$n + t$n)
  S <- outer(1:K, 1:K, function(i, j) p[pmax(i, j)] * (1 - p[pmin(i, j)]))
  R <- cov2cor(S)
  far <- sapply(sqrt(effects[, 1]), function(z) {
    inside <- pmvnorm(rep(-z, K), rep(z, K), corr = R, algorithm = Miwa(steps = 4096))
    1 - as.numeric(inside)
  })
  above <- sapply(1:K, function(k) {
    z <- sqrt(effects[k, 1]) * sign(t$reached[k] / t$n - c$reached[k] / c$n)
    inside <- pmvnorm(rep(-Inf, K), rep(z, K), corr = R, algorithm = Miwa(steps = 4096))
    1 - as.numeric(inside)
  })
  arm <- function(a, b) list(rate = t(sapply(1:K, function(k) wilson(a$reached[k], a$n))),
                             conditional = t(sapply(1:K, function(k) wilson(a$reached[k], b[k]))),
                             dropOff = t(sapply(1:K, function(k) wilson(b[k] - a$reached[k], b[k]))))
  stat <- sum(past[, 1])
  c(case, list(effects = effects, conditionals = past, holm = p.adjust(effects[, 2], "holm"),
    hochberg = p.adjust(effects[, 2], "hochberg"), maxZ = far, maxZGreater = above,
    arms = list(control = arm(c, bc), treatment = arm(t, bt)),
    anywhere = c(stat, K, pchisq(stat, K, lower.tail = FALSE))))
})
cat(toJSON(list(source = "funnel.R: R 4.2.2, mvtnorm 1.1-3", columns = "effects: chi-squared and p",
  cases = out), digits = 17, auto_unbox = TRUE), "\n")
