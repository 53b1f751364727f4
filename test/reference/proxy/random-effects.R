# The fits of random-effects.json by metafor's rma.mv with struct = "UN", and its profile-likelihood limits: writes
# random-effects-metafor.json.
#   Rscript random-effects.R        (R 4.2.2, metafor 3.8-1, jsonlite)
suppressMessages(library(metafor))
library(jsonlite)
cases <- read_json("random-effects.json", simplifyVector = FALSE)$cases
# metafor inverts matrices of all effects at once: the small cases, with and without clusters.
cases <- Filter(function(case) case$name %in% c("berkey", "clusters", "uneven", "three metrics, weak"), cases)
matrix_of <- function(rows) do.call(rbind, lapply(rows, unlist))

dense <- function(case, k, p) {
  v <- matrix(0, k * p, k * p)
  at <- function(i) (i - 1) * p + seq_len(p)
  for (i in seq_len(k)) v[at(i), at(i)] <- matrix_of(case$covariances[[i]])
  for (cluster in case$clusters) {
    members <- unlist(cluster$members) + 1
    for (i in members) for (j in members) if (i != j) v[at(i), at(j)] <- matrix_of(cluster$shared)
  }
  v
}

fit <- function(case, method) {
  effects <- matrix_of(case$effects)
  k <- nrow(effects)
  p <- ncol(effects)
  y <- as.vector(t(effects))
  v <- dense(case, k, p)
  rows <- data.frame(y = y, outcome = factor(rep(seq_len(p), k)), trial = factor(rep(seq_len(k), each = p)))
  tries <- list(
    list(optimizer = "nlminb", rel.tol = 1e-12),
    list(optimizer = "nlminb", rel.tol = 1e-9)
  )
  found <- NULL
  for (control in tries) {
    result <- try(suppressWarnings(
      if (p == 1) rma.mv(y, v, random = ~ 1 | trial, data = rows, method = method, control = control)
      else rma.mv(y, v, mods = ~ outcome - 1, random = ~ outcome | trial, struct = "UN", data = rows, method = method, control = control)
    ), silent = TRUE)
    if (inherits(result, "try-error")) next
    found <- result
    break
  }
  if (is.null(found)) return(NULL)
  g <- if (p == 1) matrix(found$sigma2) else unname(found$G)
  # Limits by profile likelihood where they are inside: tau of each metric, and the correlation of two.
  limit <- function(...) {
    out <- try(suppressWarnings(confint(found, ..., control = list(tol = 1e-10))), silent = TRUE)
    if (inherits(out, "try-error")) return(NULL)
    row <- out$random[nrow(out$random), c("ci.lb", "ci.ub")]
    unname(as.list(row))
  }
  profile <- if (p == 2) list(
    tau = lapply(1:2, function(i) limit(tau2 = i)),
    rho = list(limit(rho = 1))
  ) else NULL
  list(
    logLik = as.numeric(logLik(found)), covariance = g, mean = as.vector(found$beta), meanCovariance = unname(vcov(found)),
    profile = profile
  )
}

out <- lapply(cases, function(case) list(name = case$name, reml = fit(case, "REML"), ml = fit(case, "ML")))
write_json(
  list(source = "random-effects.R: metafor 3.8-1, R 4.2.2", cases = out), "random-effects-metafor.json",
  digits = NA, auto_unbox = TRUE, pretty = 1, null = "null"
)
