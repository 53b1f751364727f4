# The two-stage R2 of trial-level surrogacy by R's own regression, weighted and not: writes two-stage-r2.json.
#   Rscript history.R        (R 4.2.2)
set.seed(20261123)
number <- function(x) sprintf("%.17g", x)
list_of <- function(x) paste0("[", paste(number(x), collapse = ", "), "]")
case <- function(k, slope, noise) {
  x <- rnorm(k, 0.01, 0.05)
  y <- slope * x + noise * rnorm(k)
  n <- round(exp(rnorm(k, 9, 1)))
  r2 <- function(fit) summary(fit)$r.squared
  sprintf(
    '  { "proxyEffects": %s, "macroEffects": %s, "n": %s, "weighted": %s, "unweighted": %s }',
    list_of(x), list_of(y), list_of(n), number(r2(lm(y ~ x, weights = n))), number(r2(lm(y ~ x)))
  )
}
rows <- c(case(4, 0.5, 0.02), case(12, 0.5, 0.02), case(36, -1, 0.01), case(100, 0.1, 0.05))
writeLines(c('{ "source": "history.R, R 4.2.2, summary(lm)$r.squared", "cases": [', paste(rows, collapse = ",\n"), "] }"), "two-stage-r2.json")
