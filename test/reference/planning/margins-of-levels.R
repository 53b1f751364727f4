# Makes margins-of-levels.json: units per arm for tests of counts and ratios against margins, by the normal
# approximation. R 4.2.2: Rscript margins-of-levels.R > margins-of-levels.json
# n1 = ((z_alpha s0 + z_power s1) / effect)^2, with s0 at the rates that maximise the expected log likelihood under the
# margin (uniroot on its derivative), and s1 at the true ones. Power by pnorm at that n.
num <- function(x) sprintf("%.17g", x)
restricted <- function(scale, r1, r2, k, value) {
  if (scale == "lift") { base <- (r1 + k * r2) / (1 + k * (1 + value)); return(c(base, (1 + value) * base)) }
  slope <- function(r) r1 / r + k * r2 / (r + value) - 1 - k
  base <- uniroot(slope, c(max(0, -value) + 1e-14, r1 + r2 + abs(value)), tol = 1e-17, maxiter = 10000)$root
  c(base, base + value)
}
rows <- character(0)
grid <- expand.grid(scale = c("lift", "difference"), margin = c(.02, .1), k = c(1, .5, 3), worse = c("increase", "decrease"),
  lift = c(0, .01, -.01), stringsAsFactors = FALSE)
for (i in seq_len(nrow(grid))) {
  g <- grid[i, ]; alpha <- c(.05, .025, .01)[i %% 3 + 1]; power <- c(.8, .9)[i %% 2 + 1]
  base <- c(.03, .4, 2.5)[i %% 3 + 1]; phi <- c(1, 1.7, 4)[(i %/% 3) %% 3 + 1]; sd <- base * c(.5, 3)[i %% 2 + 1]
  margin <- if (g$scale == "lift") g$margin else g$margin * base
  value <- if (g$worse == "increase") -margin else margin
  other <- base * (1 + g$lift); R <- if (g$scale == "lift") 1 + value else 1
  gap <- if (g$scale == "lift") other - R * base else other - base - value
  if (sign(gap) != (if (g$worse == "increase") 1 else -1)) next
  at <- restricted(g$scale, base, other, g$k, value)
  size <- function(s0, s1) ((qnorm(alpha, lower.tail = FALSE) * s0 + qnorm(power) * s1) / gap)^2
  counts <- size(sqrt(phi * (R^2 * at[1] + at[2] / g$k)), sqrt(phi * (R^2 * base + other / g$k)))
  s <- sd * sqrt(R^2 + 1 / g$k)
  rows <- c(rows, sprintf('    {"scale": "%s", "margin": %s, "improvesWhen": "%s", "allocation": %s, "lift": %s, "alpha": %s, "power": %s, "baseline": %s, "dispersion": %s, "standardDeviation": %s, "counts": %s, "ratios": %s}',
    g$scale, num(margin), g$worse, num(g$k), num(g$lift), num(alpha), num(power), num(base), num(phi), num(sd), num(counts), num(size(s, s))))
}
cat('{\n  "origin": "margins-of-levels.R, R 4.2.2: qnorm, uniroot",\n  "cases": [\n', paste(rows, collapse = ",\n"), '\n  ]\n}\n', sep = "")
