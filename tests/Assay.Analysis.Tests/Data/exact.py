# Writes exact.csv: p-values by listing every arrangement, with ties, and bca.csv (SciPy 1.10): python3 exact.py.
import itertools
import numpy as np
from scipy import stats


def text(values):
    return " ".join(repr(float(v)) for v in values)


def two_sided(values, observed):
    values = np.array(values)
    return min(1.0, 2 * min(np.mean(values >= observed - 1e-9), np.mean(values <= observed + 1e-9)))


def wilcoxon(a, b):
    d = np.array([y - x for x, y in zip(a, b) if y != x])
    ranks = stats.rankdata(np.round(np.abs(d), 9))
    sums = [sum(r for r, s in zip(ranks, signs) if s) for signs in itertools.product([0, 1], repeat=len(d))]
    return two_sided(sums, ranks[d > 0].sum())


def mann_whitney(a, b):
    ranks = stats.rankdata(np.concatenate([a, b]))
    sums = [sum(c) for c in itertools.combinations(ranks, len(b))]
    return two_sided(sums, ranks[len(a):].sum())


def paired_permutation(a, b):
    def mean(x, y, axis):
        return np.mean(y - x, axis=axis)
    return stats.permutation_test((np.array(a), np.array(b)), mean, permutation_type="samples", vectorized=True, n_resamples=np.inf).pvalue


def permutation(a, b):
    everything = np.concatenate([a, b])
    sums = [sum(c) for c in itertools.combinations(everything, len(b))]
    return two_sided(sums, np.sum(b))


random = np.random.default_rng(1)
cases = [
    ([1, 2, 3], [4, 5, 6]), ([1, 1, 2, 2], [2, 2, 3, 3]), ([1, 2, 2, 3, 5, 5, 7], [2, 2, 4, 4, 5, 8, 8]), ([0, 0, 1, 1, 0], [1, 1, 1, 1, 0]),
    ([5], [5]), ([1], [2]), ([3, 3, 3], [3, 3, 3]), ([1, 2, 3, 4], [4, 3, 2, 1]),
    ([0.71, 0.68, 0.74, 0.70, 0.69, 0.73], [0.75, 0.70, 0.77, 0.76, 0.70, 0.78]),
    (random.integers(0, 6, 10), random.integers(1, 8, 10)), (random.normal(0, 1, 9), random.normal(1, 2, 9)),
    (random.integers(0, 3, 8), random.integers(0, 3, 8)),
]
unequal = [([1, 1, 1, 2], [1, 2]), ([1, 5, 5, 9, 9, 9, 12], [9, 12, 12]), ([1], [0, 0, 2, 3, 3, 3]), (random.integers(0, 5, 11), random.integers(2, 9, 6))]
with open("exact.csv", "w") as file:
    file.write("test,a,b,p\n")
    for a, b in cases:
        for name, test in (("wilcoxon", wilcoxon), ("permutation-paired", paired_permutation)):
            # SciPy refuses single pairs; both signs of the only difference are equally likely.
            p = 1.0 if len(a) == 1 else float(test(a, b))
            file.write(f"{name},{text(a)},{text(b)},{p!r}\n")
    for a, b in cases + unequal:
        for name, test in (("mann-whitney", mann_whitney), ("permutation", permutation)):
            file.write(f"{name},{text(a)},{text(b)},{float(test(a, b))!r}\n")

# Bootstraps with so many samples that the generator no longer shows in the first digits.
with open("bca.csv", "w") as file:
    file.write("method,values,lower,upper\n")
    for values in (random.exponential(1, 20).round(4), random.normal(5, 2, 40).round(4), random.lognormal(0, 1, 15).round(4)):
        for method, name in (("percentile", "bootstrap"), ("BCa", "bca")):
            ci = stats.bootstrap((values,), np.mean, method=method, n_resamples=400_000, random_state=2, batch=10_000).confidence_interval
            file.write(f"{name},{text(values)},{ci.low!r},{ci.high!r}\n")
