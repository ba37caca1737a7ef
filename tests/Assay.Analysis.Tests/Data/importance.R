# Rscript importance.R writes importance.csv, the runs, and importance-anova.csv, the sums of squares by aov of R, to 17 digits.
set.seed(12)
grid <- expand.grid(replicate = 1:3, c = c(10, 20), b = c("x", "y", "z"), a = c(0.1, 0.2))
bx <- c(x = 0, y = 1.5, z = -0.5)[as.character(grid$b)]
grid$score <- 100 + 3 * grid$a * grid$c + bx * (grid$c == 20) + 0.25 * bx * (grid$a > 0.15) * (grid$c == 20) +
  rnorm(nrow(grid), sd = 0.2)
fit <- summary(aov(score ~ factor(a) * factor(b) * factor(c), data = grid))[[1]]
write.csv(format(grid, digits = 17, trim = TRUE), "importance.csv", row.names = FALSE, quote = FALSE)
terms <- gsub("factor\\((.)\\)", "\\1", trimws(rownames(fit)))
write.csv(data.frame(effect = terms, sum_of_squares = format(fit[["Sum Sq"]], digits = 17, trim = TRUE)),
          "importance-anova.csv", row.names = FALSE, quote = FALSE)
