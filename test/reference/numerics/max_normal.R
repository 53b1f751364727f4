# P(max Z_i > c) and P(max |Z_i| > c) for random correlation matrices: max_normal.csv.
# R 4.2.2, mvtnorm 1.1-3: TVPACK (Genz 2004, 1e-15) for two and three variables, one-sided; Miwa (Miwa, Hayter and
# Kuriki 2003, deterministic) for four; `error` is what the routine states, for Miwa the difference of two grids.
# Run: Rscript max_normal.R > max_normal.csv
library(mvtnorm)
set.seed(20261122)
cat("# R 4.2.2, mvtnorm 1.1-3: max_normal.R\n")
cat("sides,c,correlation,error,value\n")
line <- function(sides, c, R, error, value)
  cat(sides, ",", c, ",", paste(sprintf("%.17g", R), collapse = " "), ",", sprintf("%.3g", error), ",",
      sprintf("%.17g", value), "\n", sep = "")
for (m in c(2, 3, 3, 3, 3, 4, 4, 4)) {
  A <- matrix(rnorm(m * (m + 1)), m)
  R <- cov2cor(A %*% t(A))
  for (c in c(0.5, 1.5, 2.5)) {
    if (m <= 3) {
      p <- pmvnorm(rep(-Inf, m), rep(c, m), corr = R, algorithm = TVPACK(abseps = 1e-15))
      line(1, c, R, 1e-14, 1 - p)
    } else {
      for (sides in 1:2) {
        lower <- if (sides == 2) rep(-c, m) else rep(-Inf, m)
        fine <- pmvnorm(lower, rep(c, m), corr = R, algorithm = Miwa(steps = 1024))
        coarse <- pmvnorm(lower, rep(c, m), corr = R, algorithm = Miwa(steps = 512))
        line(sides, c, R, abs(fine - coarse), 1 - fine)
      }
    }
  }
}
