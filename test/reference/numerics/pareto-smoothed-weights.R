# Pareto smoothed importance weights by the package loo (Vehtari et al.), for weights that any program can make again:
# ln w_k = spread * qnorm((k - 0.5)/n), or -shape * log((k - 0.5)/n) for a Pareto tail.
# Rscript pareto-smoothed-weights.R > pareto-smoothed-weights.json
suppressMessages(library(loo))
cases <- list(
  list(kind = "lognormal", n = 200, size = 0.5), list(kind = "lognormal", n = 1000, size = 1.5),
  list(kind = "lognormal", n = 4000, size = 3), list(kind = "pareto", n = 400, size = 0.3),
  list(kind = "pareto", n = 4000, size = 0.7), list(kind = "pareto", n = 1000, size = 1.2)
)
one <- function(case) {
  u <- (seq_len(case$n) - 0.5) / case$n
  logs <- if (case$kind == "lognormal") case$size * qnorm(u) else -case$size * log(1 - u)
  found <- suppressWarnings(psis(logs, r_eff = 1))
  weights <- as.vector(weights(found, log = FALSE))
  at <- unique(c(1, round(case$n * 0.5), case$n - c(100, 30, 3, 1, 0)))
  sprintf(
    '{ "kind": "%s", "n": %d, "size": %.17g, "shape": %.17g, "effective": %.17g, "at": [%s], "weights": [%s] }',
    case$kind, case$n, case$size, found$diagnostics$pareto_k, 1 / sum(weights^2),
    paste(at - 1, collapse = ", "), paste(sprintf("%.17g", weights[at]), collapse = ", ")
  )
}
cat("{\n  \"origin\": \"loo ", as.character(packageVersion("loo")), ", R ", as.character(getRversion()),
  ", by pareto-smoothed-weights.R\",\n  \"cases\": [\n    ", paste(sapply(cases, one), collapse = ",\n    "), "\n  ]\n}\n", sep = "")
