# Writes exact.csv: p-values by listing every arrangement, with ties; bca.csv: bootstraps of SciPy 1.10; bits.csv: a bootstrap from the same
# random numbers, to the last bit; and noncentral.csv: noncentral t from its definition. Run as python3 exact.py.
import itertools
import numpy as np
from scipy import optimize, special, stats


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


# The generator of Resampling.Samples, written from its description.
MASK = (1 << 64) - 1


def split_mix(seed, index):
    z = (seed + (index + 1) * 0x9E3779B97F4A7C15) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


class Xoshiro:
    def __init__(self, seed, sample):
        self.s = [split_mix(seed, 4 * sample + i) for i in range(4)]

    def next(self):
        s = self.s
        x = (s[1] * 5) & MASK
        result = ((((x << 7) | (x >> 57)) & MASK) * 9) & MASK
        t = (s[1] << 17) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = ((s[3] << 45) | (s[3] >> 19)) & MASK
        return result

    def below(self, bits, bound):
        product = bits * bound
        while product & 0xFFFFFFFF < (1 << 32) % bound:
            product = (self.next() >> 32) * bound
        return product >> 32


def resampled_mean(values, seed, sample):
    generator, n = Xoshiro(seed, sample), len(values)
    even = odd = 0.0
    for _ in range(n // 2):
        bits = generator.next()
        even += values[generator.below(bits >> 32, n)]
        odd += values[generator.below(bits & 0xFFFFFFFF, n)]
    if n % 2 == 1:
        even += values[generator.below(generator.next() >> 32, n)]
    return (even + odd) / n


def quantile(ordered, level):
    position = (len(ordered) - 1) * level
    below = int(position)
    fraction = position - below
    return ordered[below] if fraction == 0 else ordered[below] + fraction * (ordered[below + 1] - ordered[below])


with open("bits.csv", "w") as file:
    file.write("seed,lower,upper\n")
    values = sorted((i * 7919) % 997 / 997 for i in range(301))
    for seed in (0, 5, 2**64 - 1):
        means = sorted(resampled_mean(values, seed, sample) for sample in range(2000))
        tail = (1 - 0.95) / 2
        file.write(f"{seed},{quantile(means, tail)!r},{quantile(means, 1 - tail)!r}\n")


# P(T <= t) is the mean of P(W >= (z + shift) / t) over normal z, where W^2 is chi square over its degrees of freedom: by the trapezoid rule,
# which has all digits for such functions. R and SciPy take an approximation for large shifts.
def noncentral(t, freedom, shift):
    z = np.linspace(-12, 12, 200_001)
    tails = special.gammaincc(freedom / 2, freedom * np.maximum(0, (z + shift) / t) ** 2 / 2)
    return np.sum(np.exp(-z * z / 2) * tails) * (z[1] - z[0]) / np.sqrt(2 * np.pi)


with open("noncentral.csv", "w") as file:
    file.write("t,freedom,shift,p\n")
    for freedom in (1, 2, 4.5, 9, 49, 999, 9_999, 300_000, 1_000_000):
        for shift in (20, 37.6, 37.7, 100, 500, 1_900, 2_500, 10_000, 1_000_000):
            for p in (1e-4, 0.025, 0.5, 0.975):
                # Any t will do; these are near the quantiles.
                t = float(shift / np.sqrt(stats.chi2.isf(p, freedom) / freedom))
                file.write(f"{t!r},{freedom},{shift},{float(noncentral(t, freedom, shift))!r}\n")
