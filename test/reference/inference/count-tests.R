# Makes count-tests.json: exact tests of two Poisson rates, and quasi-Poisson fits of drawn counts. R 4.2.2:
# Rscript count-tests.R > count-tests.json
out <- function(x) if (is.infinite(x)) paste0('"', ifelse(x>0,"Infinity","-Infinity"), '"') else sprintf("%.17g", x)
cases <- list(c(120,1000,150,1010), c(0,50,4,60), c(7,500,0,450), c(9120,4000,9710,4100), c(3,10,11,40), c(25,1e6,60,1e6), c(1,100,3,20),
  c(100000,31000,101500,31100), c(2,7,2,9), c(40,100,40,100), c(14,90,3,8), c(5,3,1,4), c(600,1000,200,100), c(0,12,1,9))
lines <- character(0)
for (k in seq_along(cases)) { v <- cases[[k]]; lev <- c(.95,.99,.8)[(k-1)%%3+1]
  p <- function(a) poisson.test(c(v[3],v[1]), c(v[4],v[2]), alternative=a, conf.level=lev)
  t2<-p("two.sided"); g<-p("greater"); l<-p("less")
  lines <- c(lines, sprintf('    {"control": {"n": %d, "events": %d}, "treatment": {"n": %d, "events": %d}, "confidenceLevel": %s, "twoSided": %s, "greater": %s, "less": %s, "ratio": [%s, %s], "ratioAbove": %s, "ratioBelow": %s}',
   as.integer(v[2]),as.integer(v[1]),as.integer(v[4]),as.integer(v[3]), lev, out(t2$p.value), out(g$p.value), out(l$p.value), out(t2$conf.int[1]), out(t2$conf.int[2]), out(g$conf.int[1]), out(l$conf.int[2])))
}
quasi <- character(0)
set.seed(11)
gen <- list(c(40,35,2,2.6,.7), c(300,200,.5,.55,.3), c(12,9,4,5,50), c(1000,900,1.5,1.7,1), c(5,6,3,9,2), c(2500,500,.1,.15,.2))
for (g in gen) {
  y <- c(rnbinom(g[1], mu=g[3], size=g[5]), rnbinom(g[2], mu=g[4], size=g[5])); arm <- rep(0:1, g[1:2])
  b <- log(c(mean(y[arm==0]), mean(y[arm==1])))  # started at the solution, since IRLS stops 1e-9 short of it
  m <- glm(y ~ arm, family=quasipoisson, start=c(b[1], b[2]-b[1])); m0 <- glm(y ~ 1, family=quasipoisson, start=log(mean(y)))
  s <- summary(m); a <- anova(m0, m, test="Rao")
  y1 <- y[arm==0]; y2 <- y[arm==1]
  quasi <- c(quasi, sprintf('    {"control": {"n": %d, "events": %d, "variance": %.17g}, "treatment": {"n": %d, "events": %d, "variance": %.17g}, "dispersion": %.17g, "rao": %.17g, "logRatio": %.17g, "logRatioError": %.17g, "df": %d}',
   length(y1), as.integer(sum(y1)), var(y1), length(y2), as.integer(sum(y2)), var(y2), s$dispersion, a$Rao[2]/s$dispersion, coef(m)[2], s$coefficients[2,2], m$df.residual))
}
cat('{\n  "origin": "count-tests.R, R 4.2.2: poisson.test; glm(family = quasipoisson), anova(test = \\"Rao\\")",\n  "exact": [\n', paste(lines, collapse=",\n"), '\n  ],\n  "quasi": [\n', paste(quasi, collapse=",\n"), '\n  ]\n}\n', sep="")
