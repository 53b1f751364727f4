# microlift from R (npm install microlift, or npm ci && npm run build in a clone): Rscript examples/r/example.R
source("examples/r/microlift.R")

control <- list(n = 21306, conversions = 122)
treatment <- list(n = 21307, conversions = 267)

comparison <- microlift_call("compareProportions", list(control = control, treatment = treatment))
cat("p =", format(comparison$pValue, digits = 16), "\n")

answers <- microlift_calls(list(
  list("adjustPValues", list(c(0.01, 0.04, 0.03), "holm")),
  list("compareProportions", list(control = list(n = 100, conversions = 0), treatment = list(n = 100, conversions = 3))),
  list("compareProportions", list(control = control, treatment = list(n = 122, conversions = 267)))
))
print(answers[[1]])
print(answers[[2]]$lift$interval$upper)
cat(answers[[3]]$field, "is", answers[[3]]$value, "and", answers[[3]]$expected, "\n")

# One process that stays takes processx.
if (!requireNamespace("processx", quietly = TRUE)) quit()
session <- microlift_session()
print(session$call("normal.sf", list(2)), digits = 16)
wrong <- tryCatch(session$call("normal.quantile", list(3)), microlift_domain_error = conditionMessage)
print(wrong)
session$close()
