# Writes the tables of this folder that the tests of statistics compare with: Rscript tables.R (R 4.2, only base packages).
number <- function(x) ifelse(is.na(x), "", sprintf("%.17g", x))
list_of <- function(x) paste(number(x), collapse = " ")
save <- function(name, rows) writeLines(rows, paste0(name, ".csv"))

# Distributions: name, first argument, parameters, value.
rows <- "function,x,freedom,shift,value"
for (p in c(1e-300, 1e-100, 1e-20, 1e-10, 1e-5, .001, .025, .1, .3, .7, .9, .975, .995, .9999, 1 - 1e-9))
    rows <- c(rows, paste("normal_quantile", number(p), "", "", number(qnorm(p)), sep = ","))
for (x in c(-37, -30, -20, -10, -5, -2, -1, -.1, -1e-8, 0, .5, 1.96, 5))
    rows <- c(rows, paste("normal_cdf", number(x), "", "", number(pnorm(x)), sep = ","))
for (df in c(1, 1.5, 2, 3, 4.7, 5, 10, 29, 30, 100, 1000, 1e5, 1e7)) {
    for (p in c(1e-10, 1e-4, .005, .025, .05, .3, .7, .95, .975, .9995, 1 - 1e-8))
        rows <- c(rows, paste("t_quantile", number(p), df, "", number(qt(p, df)), sep = ","))
    for (t in c(-1000, -50, -10, -3, -1, -.1, -1e-6, .5, 4))
        rows <- c(rows, paste("t_cdf", number(t), df, "", number(pt(t, df)), sep = ","))
}
for (df in c(1, 3, 4.7, 10, 50, 1000)) for (shift in c(-6, -1, .1, 1, 2.8, 10, 30)) for (t in c(-3, -.5, 0, .5, 2, 5, 12, 35))
    rows <- c(rows, paste("noncentral_t_cdf", number(t), df, shift, number(pt(t, df, shift)), sep = ","))
save("distributions", rows)

# Intervals of means and shares.
samples <- list(
    1:5, 0:30, c(.1, .2), c(2, 2, 2.5), c(-4.5, 1e3, 17, 2, 2, 8), c(1e8 + .1, 1e8 + .2, 1e8 + .4), sin(1:100) * 7, c(1, 4) * 1e300,
    c(1, 2, 4) * 1e-300)
rows <- "method,confidence,values,mean,std,lower,upper"
for (x in samples) for (confidence in c(.5, .9, .95, .999)) {
    # Scaled, because R squares 1e300 too.
    scale <- if (max(abs(x)) > 1e200) 1e300 else if (max(abs(x)) < 1e-200) 1e-300 else 1
    y <- x / scale; n <- length(y); m <- mean(y); s <- sd(y); p <- (1 + confidence) / 2
    for (method in c("t", "normal")) {
        margin <- (if (method == "t") qt(p, n - 1) else qnorm(p)) * s / sqrt(n)
        rows <- c(rows, paste(method, confidence, list_of(x), number(m * scale), number(s * scale), number((m - margin) * scale),
            number((m + margin) * scale), sep = ","))
    }
}
save("means", rows)
rows <- "successes,count,confidence,lower,upper"
for (n in c(1, 2, 5, 17, 100, 100000)) for (k in unique(c(0, 1, n %/% 3, n - 1, n))) for (confidence in c(.9, .95, .99)) {
    ci <- prop.test(k, n, conf.level = confidence, correct = FALSE)$conf.int
    rows <- c(rows, paste(k, n, confidence, number(ci[1]), number(ci[2]), sep = ","))
}
save("shares", rows)

# Comparisons. Paired ones take the first values of both sides.
pairs <- list(
    list(c(.71, .68, .74, .70, .69, .73), c(.75, .70, .77, .76, .70, .78)),
    list(c(125, 115, 130, 140, 140, 115, 140, 125, 140, 135), c(110, 122, 125, 120, 140, 124, 123, 137, 135, 145)),
    list(c(1.83, .50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30), c(.878, .647, .598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29)),
    list(c(1, 2, 3, 4, 5, 6, 7), c(2, 3, 3, 6, 7, 8, 9)),
    list(round(sin(1:40) * 10, 3), round(cos(1:40) * 10 + 1, 3)),
    list(round(sin(1:80) * 4), round(cos(1:80) * 4 + 1)),
    list(c(1, 2), c(2, 4)))
rows <- "test,a,b,estimate,lower,upper,p,statistic,freedom"
row <- function(test, pair, estimate, lower, upper, p, statistic, freedom = NA)
    paste(test, list_of(pair[[1]]), list_of(pair[[2]]), number(estimate), number(lower), number(upper), number(p), number(statistic),
        number(freedom), sep = ",")
for (pair in pairs) {
    a <- pair[[1]]; b <- pair[[2]]
    r <- t.test(b, a, paired = TRUE)
    rows <- c(rows, row("t", pair, r$estimate, r$conf.int[1], r$conf.int[2], r$p.value, r$statistic, r$parameter))
    r <- t.test(b, a)
    rows <- c(rows, row("welch", pair, r$estimate[1] - r$estimate[2], r$conf.int[1], r$conf.int[2], r$p.value, r$statistic, r$parameter))
    # The normal approximation with corrections of ties and continuity.
    d <- (b - a)[b != a]
    if (length(d) > 50) {
        r <- suppressWarnings(wilcox.test(b, a, paired = TRUE, exact = FALSE, correct = TRUE))
        rows <- c(rows, row("wilcoxon", pair, NA, NA, NA, r$p.value, r$statistic))
        r <- suppressWarnings(wilcox.test(b, a, exact = FALSE, correct = TRUE))
        rows <- c(rows, row("mann-whitney", pair, NA, NA, NA, r$p.value, r$statistic))
    } else {
        # Exact without ties; bounds are exact then too.
        if (length(d) == length(a) && !any(duplicated(abs(round(d, 9))))) {
            r <- suppressWarnings(wilcox.test(b, a, paired = TRUE, exact = TRUE, conf.int = TRUE))
            enough <- length(a) > 5
            rows <- c(rows, row("wilcoxon", pair, r$estimate, if (enough) r$conf.int[1] else NA, if (enough) r$conf.int[2] else NA, r$p.value,
                r$statistic))
        }
        if (!any(duplicated(c(a, b)))) {
            r <- suppressWarnings(wilcox.test(b, a, exact = TRUE, conf.int = TRUE))
            rows <- c(rows, row("mann-whitney", pair, r$estimate, r$conf.int[1], r$conf.int[2], r$p.value, r$statistic))
        }
    }
}
save("comparisons", rows)

# McNemar: pairs in which only a and only b succeed, of all; the interval of Bonett and Price, and of the odds ratio.
rows <- "only_a,only_b,count,p,lower,upper,odds_lower,odds_upper"
for (x in list(c(0, 0, 4), c(1, 0, 3), c(3, 9, 40), c(5, 5, 10), c(0, 8, 20), c(120, 180, 1000), c(2, 40, 42))) {
    of <- x[3] + 2; p <- (x[2] + 1) / of; q <- (x[1] + 1) / of
    margin <- qnorm(.975) * sqrt((p + q - (p - q)^2) / of)
    test <- if (x[1] + x[2] == 0) list(p.value = 1, conf.int = c(NA, NA)) else binom.test(x[2], x[1] + x[2])
    odds <- test$conf.int / (1 - test$conf.int)
    rows <- c(rows, paste(x[1], x[2], x[3], number(test$p.value), number(max(-1, p - q - margin)), number(min(1, p - q + margin)),
        number(odds[1]), number(odds[2]), sep = ","))
}
save("mcnemar", rows)

# Effect sizes.
rows <- "measure,a,b,value,lower,upper"
invert <- function(t, df) sapply(c(.975, .025), function(p) uniroot(
    function(shift) suppressWarnings(pt(t, df, shift)) - p, c(t - 12 - abs(t), t + 12 + abs(t)), tol = 1e-14)$root)
for (pair in pairs) {
    a <- pair[[1]]; b <- pair[[2]]; n <- length(a); m <- length(b); df <- n + m - 2
    d <- (mean(b) - mean(a)) / sqrt(((n - 1) * var(a) + (m - 1) * var(b)) / df)
    scale <- sqrt(n * m / (n + m)); ci <- invert(d * scale, df) / scale
    factor <- exp(lgamma(df / 2) - lgamma((df - 1) / 2)) / sqrt(df / 2)
    rows <- c(rows, paste("cohen_d", list_of(a), list_of(b), number(d), number(ci[1]), number(ci[2]), sep = ","))
    rows <- c(rows, paste("hedges_g", list_of(a), list_of(b), number(d * factor), number(ci[1] * factor), number(ci[2] * factor), sep = ","))
    z <- mean(b - a) / sd(b - a); ci <- invert(z * sqrt(n), n - 1) / sqrt(n)
    rows <- c(rows, paste("cohen_dz", list_of(a), list_of(b), number(z), number(ci[1]), number(ci[2]), sep = ","))
    # Cliff 1996 (the consistent estimate), bounds as Feng and Cliff 2004, from the matrix of all comparisons.
    dominance <- outer(a, b, function(x, y) sign(y - x)); delta <- mean(dominance)
    of_a <- sum((rowMeans(dominance) - delta)^2); of_b <- sum((colMeans(dominance) - delta)^2)
    v <- (m^2 * of_a + n^2 * of_b - sum((dominance - delta)^2)) / (n * m * (n - 1) * (m - 1))
    v <- max(v, (1 - delta^2) / (n * m - 1))
    t <- qt(.975, n + m - 2)
    ci <- (delta - delta^3 + c(-1, 1) * t * sqrt(v) * sqrt((1 - delta^2)^2 + t^2 * v)) / (1 - delta^2 + t^2 * v)
    ci <- pmin(1, pmax(-1, ci))
    rows <- c(rows, paste("cliff_delta", list_of(a), list_of(b), number(delta), number(ci[1]), number(ci[2]), sep = ","))
}
save("effects", rows)

# Odds ratios by logistic regression, whose Wald bounds are Woolf's.
rows <- "successes_a,count_a,successes_b,count_b,value,lower,upper"
for (x in list(c(10, 30, 18, 28), c(1, 4, 3, 5), c(500, 1000, 450, 1000))) {
    model <- glm(cbind(c(x[1], x[3]), c(x[2] - x[1], x[4] - x[3])) ~ c(0, 1), family = binomial,
        control = glm.control(epsilon = 1e-15, maxit = 100))
    ci <- confint.default(model)[2, ]
    rows <- c(rows, paste(x[1], x[2], x[3], x[4], number(exp(coef(model)[2])), number(exp(ci[1])), number(exp(ci[2])), sep = ","))
}
save("odds", rows)

# Corrections.
rows <- "p,holm,bh"
for (p in list(c(.01, .04, .03, .005), c(.5), c(.2, .2, .001, NA, .8, .049), c(0, 1, 1e-300, .9), runif(0), (1:20)^2 / 500))
    rows <- c(rows, paste(list_of(p), list_of(p.adjust(p, "holm")), list_of(p.adjust(p, "BH")), sep = ","))
save("corrections", rows)

# Power of t tests: the replicates, the power of a number of them, and the least difference.
rows <- "paired,alpha,difference,std,replicates,power"
for (paired in c(FALSE, TRUE)) for (alpha in c(.05, .01)) for (x in list(c(.02, .05), c(1, 1), c(3, 1), c(.1, 1))) for (power in c(.8, .95)) {
    r <- tryCatch(power.t.test(delta = x[1], sd = x[2], sig.level = alpha, power = power, tol = 1e-12,
        type = if (paired) "paired" else "two.sample"), error = function(e) NULL)
    if (!is.null(r)) rows <- c(rows, paste(paired, alpha, x[1], x[2], number(r$n), power, sep = ","))
}
save("power_replicates", rows)
rows <- "paired,alpha,difference,std,replicates,power"
for (paired in c(FALSE, TRUE)) for (alpha in c(.05, .01)) for (n in c(2, 3, 5, 10, 100, 3000)) for (x in c(.01, .1, .5, 2)) {
    r <- power.t.test(n = n, delta = x, sd = 1.5, sig.level = alpha, type = if (paired) "paired" else "two.sample")
    rows <- c(rows, paste(paired, alpha, x, 1.5, n, number(r$power), sep = ","))
}
save("power", rows)

# Rank correlations; p-values up to nine pairs from all orders of one side, which are cor.test's where there are no ties.
orders <- function(x) if (length(x) < 2) list(x) else do.call(c, lapply(seq_along(x), function(i) lapply(orders(x[-i]), function(r) c(x[i], r))))
rows <- "x,y,spearman,spearman_p,kendall,kendall_p"
for (xy in list(
    list(1:10, c(2, 1, 4, 3, 7, 8, 6, 5, 10, 9)), list(c(1, 1, 2, 2, 3, 3), c(5, 6, 6, 8, 7, 7)),
    list(round(sin(1:60), 2), round(sin(1:60 + .4), 2)), list(rep(c(.1, 1, 10), 8), round(cos(1:24), 1)), list(1:3, c(3, 1, 2)), list(1:3, 1:3),
    list(1:4, 4:1), list(c(1, 1, 1, 1, 1, 2), c(1, 2, 3, 4, 5, 9)), list(1:9, c(2, 1, 4, 3, 9, 7, 5, 6, 8)),
    list(c(1, 1, 1, 2, 2, 2, 3, 3, 3), c(3, 5, 4, 4, 8, 7, 7, 7, 5)))) {
    x <- xy[[1]]; y <- xy[[2]]; n <- length(x)
    rho <- cor(x, y, method = "spearman")
    p <- 2 * pt(-abs(rho * sqrt((n - 2) / (1 - rho^2))), n - 2)
    if (n < 10) {
        sums <- sapply(orders(rank(y)), function(r) sum(rank(x) * r)); observed <- sum(rank(x) * rank(y))
        p <- min(1, 2 * mean(sums >= observed), 2 * mean(sums <= observed))
        if (!anyDuplicated(x) && !anyDuplicated(y)) stopifnot(abs(p - cor.test(x, y, method = "spearman", exact = TRUE)$p.value) < 1e-12)
    }
    k <- suppressWarnings(cor.test(x, y, method = "kendall", exact = FALSE))
    kp <- k$p.value
    if (n < 10) {
        score <- function(r) { s <- 0; for (i in 2:n) for (j in 1:(i - 1)) s <- s + sign(x[i] - x[j]) * sign(r[i] - r[j]); s }
        scores <- sapply(orders(y), score); observed <- score(y)
        kp <- min(1, 2 * mean(scores >= observed), 2 * mean(scores <= observed))
        if (!anyDuplicated(x) && !anyDuplicated(y)) stopifnot(abs(kp - cor.test(x, y, method = "kendall", exact = TRUE)$p.value) < 1e-12)
    }
    rows <- c(rows, paste(list_of(x), list_of(y), number(rho), number(p), number(k$estimate), number(kp), sep = ","))
}
save("correlations", rows)

# Clustered standard errors: the sandwich of a regression on a constant, with G / (G - 1), written out.
rows <- "values,clusters,mean,lower,upper"
for (x in list(
    list(c(1, 0, 1, 1, 0, 1, 1, 1), c(1, 1, 1, 2, 2, 3, 3, 4)), list(round(sin(1:50), 3), rep(1:10, 5)),
    list(round(cos(1:120), 3), rep(1:40, each = 3)))) {
    model <- lm(x[[1]] ~ 1); g <- length(unique(x[[2]]))
    design <- model.matrix(model); bread <- solve(crossprod(design))
    meat <- crossprod(rowsum(design * residuals(model), x[[2]]))
    error <- sqrt(g / (g - 1) * (bread %*% meat %*% bread)[1, 1])
    quantile <- if (g <= 30) qt(.975, g - 1) else qnorm(.975)
    rows <- c(rows, paste(list_of(x[[1]]), list_of(x[[2]]), number(coef(model)), number(coef(model) - quantile * error),
        number(coef(model) + quantile * error), sep = ","))
}
save("clusters", rows)
