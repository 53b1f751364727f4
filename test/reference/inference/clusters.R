# Clustered arms: clubSandwich 0.5.8 (CR2, Satterthwaite) on unit data, t.test of cluster means, ICC from aov.
# The unit data have a given total and variance in each cluster; only these enter. Run: Rscript clusters.R > clusters.json
suppressMessages({ library(clubSandwich) })
set.seed(20261122)
num <- function(x) paste0("[", paste(sprintf("%.17g", x), collapse = ","), "]")
case <- function(k1, k2, largest, rate) {
  k <- k1 + k2
  arm <- rep(0:1, c(k1, k2))
  n <- sample(seq_len(largest), k, replace = TRUE)
  id <- rep(seq_len(k), n)
  a <- rep(arm, n)
  effect <- rnorm(k, 0, 0.4)
  y <- if (is.null(rate)) round(5 + 0.7 * a + effect[id] + rnorm(length(id)), 3)
       else rbinom(length(id), 1, pmin(0.95, pmax(0.05, rate + 0.1 * effect[id])))
  total <- tapply(y, id, sum)
  variance <- tapply(y, id, function(v) if (length(v) > 1) var(v) else 0)
  m <- lm(y ~ a)
  ct <- coef_test(m, vcov = "CR2", cluster = id, test = "Satterthwaite")
  means <- as.numeric(total / n)
  tt <- t.test(means[arm == 1], means[arm == 0], var.equal = TRUE)
  # Between clusters within arms, against within clusters.
  av <- anova(lm(y ~ a), lm(y ~ a + factor(id)))
  within <- av$RSS[2] / av$Res.Df[2]
  between <- (av$RSS[1] - av$RSS[2]) / (k - 2)
  size <- (sum(n) - sum(n[arm == 0]^2) / sum(n[arm == 0]) - sum(n[arm == 1]^2) / sum(n[arm == 1])) / (k - 2)
  icc <- (between - within) / (between + (size - 1) * within)
  sprintf(paste0('{"n":[%s,%s],"total":[%s,%s],"variance":[%s,%s],"unit":%s,"cluster":%s,"icc":%.17g}'),
    num(n[arm == 0]), num(n[arm == 1]), num(total[arm == 0]), num(total[arm == 1]),
    num(variance[arm == 0]), num(variance[arm == 1]),
    num(c(ct$beta[2], ct$SE[2], ct$df_Satt[2], ct$p_Satt[2])),
    num(c(mean(means[arm == 1]) - mean(means[arm == 0]), tt$stderr, tt$parameter, tt$p.value)), icc)
}
cases <- c(case(2, 2, 9, NULL), case(4, 4, 40, NULL), case(3, 9, 60, NULL), case(10, 8, 30, 0.3),
           case(20, 20, 25, NULL), case(6, 5, 100, 0.15), case(12, 40, 12, NULL))
cat('{"source":"clusters.R: R 4.2.2, clubSandwich 0.5.8","columns":"estimate, standard error, degrees of freedom, p","cases":[',
  paste(cases, collapse = ",\n"), "]}\n", sep = "")
