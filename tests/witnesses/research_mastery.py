"""Answers of the research-mastery questions by another route than their formulas: counting, building and searching."""

import itertools
import math
import statistics
from collections.abc import Callable
from fractions import Fraction


def _bisect(f: Callable[[float], float], low: float, high: float) -> float:
    """Find the zero of f, which has opposite signs at both ends."""
    sign = f(low) > 0
    for _ in range(200):
        middle = (low + high) / 2
        if (f(middle) > 0) == sign:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _shapley(f: Callable[[list[float]], float], x: list[float], which: int) -> float:
    """Average the marginal contribution of one input over all orders of arrival, from zeros."""
    gains = []
    for order in itertools.permutations(range(len(x))):
        z = [0.0] * len(x)
        for i in order:
            before = f(z)
            z[i] = x[i]
            if i == which:
                gains.append(f(z) - before)
    return statistics.fmean(gains)


def a_perfect_but_rare_column(p: int) -> float:
    labels = [True] * p + [False] * (100 - p)
    wrong = sum(a != b for a in labels for b in labels)
    return 100 * wrong / len(labels) ** 2


def k_equal_columns(k: int, m: int) -> float:
    values = [-1.0, 1.0, -1.0, 1.0]
    weight = math.sqrt(m / statistics.fmean((a - b) ** 2 for a in values for b in values))
    share = weight / k
    rises = []
    for a, b in itertools.product(values, repeat=2):
        before = sum([share * a] * k)
        after = sum([share * a] * (k - 1)) + share * b
        rises.append((after - before) ** 2)
    return statistics.fmean(rises)


def shares_of_a_maximum(a: int, b: int, c: int) -> float:
    return _shapley(max, [float(a), float(b), float(c)], 2)


def the_bar_that_is_missing(base: float, s: float, t: float, p: float) -> float:
    return _bisect(lambda bar: 1 / (1 + math.exp(-(base + s + t + bar))) - p, -30, 30)


def slope_of_a_cube(x: int, h: int) -> float:
    points = [float(x - h), float(x), float(x + h)]
    slope: float = statistics.linear_regression(points, [z * z * z for z in points]).slope
    return slope


def sharing_a_saturated_sum(a: int, b: int) -> float:
    steps, d, total = 5000, 1e-6, 0.0
    for i in range(steps):
        t = (i + 0.5) / steps
        total += (min(t * a + d + t * b, 1) - min(t * a - d + t * b, 1)) / (2 * d)
    return a * total / steps


def what_one_head_votes(x: int, y: int, s: int) -> float:
    paris, rome, others = (3, 1, 0), (-1, 2, 0), [(1, 0, 2), (0, 2, 1), (-1, 1, 0)]

    def difference(parts: list[tuple[int, int, int]]) -> float:
        stream: list[float] = [sum(v) / s for v in zip(*parts, strict=True)]
        return sum(value * (p - r) for value, p, r in zip(stream, paris, rome, strict=True))

    return difference([*others, (x, y, -1)]) - difference(others)


def reading_a_neuron_for_a_feature(a: int, b: int) -> float:
    dog, car = (Fraction(3, 5), Fraction(4, 5)), (Fraction(4, 5), Fraction(-3, 5))
    both = a * dog[0] + b * car[0]
    without = 0 * dog[0] + b * car[0]
    return float(100 * (both - without) / both)


def ghost_of_a_neighbour(p: int, k: int) -> float:
    total = 0.0
    for on in itertools.product((True, False), repeat=k):
        if any(on):
            total += math.prod(p / 100 if o else 1 - p / 100 for o in on)
    return 100 * total


def share_recovered(c: float, d: float, p: float) -> float:
    return _bisect(lambda share: d + share / 100 * (c - d) - p, -500, 500)


def the_best_possible_loss(n: int, r: int, v: int) -> float:
    line = list(range(n)) * r
    losses = [0.0 if line[i - 1] in line[: i - 1] else math.log(v) for i in range(1, len(line))]
    return statistics.fmean(losses)


def shrunk_by_the_penalty(s: float, lam: float) -> float:
    return min((i / 1000 for i in range(5000)), key=lambda a: (s - a) ** 2 + lam * a)


def grey_levels_to_flip(n: int, m: float, g: int) -> float:
    weights = [m if i % 2 else -m for i in range(n)]
    base = g / (n // 2 * m)
    x = [0.0 if w < 0 else base for w in weights]

    def score(levels: float) -> float:
        return sum(w * (xi - math.copysign(levels / 255, w)) for w, xi in zip(weights, x, strict=True))

    at_zero, at_one = score(0), score(1)
    return at_zero / (at_zero - at_one)


def fgsm_at_the_edge(e: float, x: float) -> float:
    w, old = [2.0, -1.0, 0.5, -1.5], [x, 0.4, 0.5, 0.03]
    new = [min(1.0, max(0.0, xi + math.copysign(e, wi))) for wi, xi in zip(w, old, strict=True)]
    return sum(wi * (a - b) for wi, a, b in zip(w, new, old, strict=True))


def margin_at_the_worst_point(e: float, b: float) -> float:
    w, x = (3.0, -4.0, 1.0), (0.6, 0.4, 0.5)
    corners = itertools.product((-e, e), repeat=3)
    return min(sum(wi * (xi + di) for wi, xi, di in zip(w, x, corner, strict=True)) + b for corner in corners)


def false_alarms_for_equal_precision(p: int, t: int, v: int) -> float:
    cases, others = 1000 * p, 1000 * (100 - p)
    found = cases * t / 100
    return _bisect(lambda rate: 100 * found / (found + others * rate / 100) - v, 1e-9, 100)


def no_failure_by_class(a: int, b: int, c: int) -> float:
    return max(3 / attempts for attempts in (a, b, c)) * 100


def clean_by_luck(r: int, n: int) -> float:
    clean = Fraction(1)
    for _ in range(n):
        clean -= clean * Fraction(r, 100)
    return float(100 * clean)


def many_trials_against_one(n: int, c: float, s: float) -> float:
    del c
    normal, step = statistics.NormalDist(0, s), s / 200
    points = [-8 * s + i * step for i in range(3201)]
    density = [n * normal.cdf(z) ** (n - 1) * normal.pdf(z) for z in points]
    return sum(z * f for z, f in zip(points, density, strict=True)) * step


def gain_in_standard_errors(d: float, s: float, t: float, n: int) -> float:
    error = statistics.NormalDist(0, t / math.sqrt(n)) - statistics.NormalDist(0, s / math.sqrt(n))
    return statistics.NormalDist(0, error.stdev).zscore(d)


def gain_after_the_rerun(a: float, b: float, c: float) -> float:
    tenths = [round(10 * z) for z in (a, b, c)]
    return 100 * len(range(tenths[1], tenths[2])) / len(range(tenths[0], tenths[2]))


def weights_of_a_bottleneck(m: int) -> float:
    total, i = 0, 4 * m
    for o, k in ((m, 1), (m, 3), (4 * m, 1)):
        total += len(range(i)) * len(range(o)) * k * k + sum(2 for _channel in range(o))
        i = o
    return total


def iterations_into_epochs(it: int, b: int) -> float:
    seen, left, epochs = 0, it, 0
    while left * b >= 45000:
        epochs += 1
        seen += 45000
        left = it - math.ceil(seen / b)
    return epochs + (it * b - seen) / 45000


def best_of_equal_submissions(n: int, c: float, m: int) -> float:
    del c
    log_p, log_q, below, total = math.log(0.8), math.log(0.2), 0.0, 0.0
    for k in range(m + 1):
        log_choose = math.lgamma(m + 1) - math.lgamma(k + 1) - math.lgamma(m - k + 1)
        upto = below + math.exp(log_choose + k * log_p + (m - k) * log_q)
        total += k * (min(upto, 1) ** n - min(below, 1) ** n)
        below = upto
    return 100 * total / m


def halving_the_history(n: int) -> float:
    left, tests = n, 0
    while left > 1:
        left = max(left // 2, left - left // 2)
        tests += 1
    return tests


def interval_for_the_post(p: int, n: int) -> float:
    scores = [1.0] * p + [0.0] * (100 - p)
    return 100 * statistics.NormalDist(0, statistics.pstdev(scores) / math.sqrt(n)).inv_cdf(0.975)


def on_both_sides(k: int, t: int) -> float:
    total = 0.0
    for sides in itertools.product((True, False), repeat=k):
        if len(set(sides)) == 2:
            total += math.prod(t / 100 if train else 1 - t / 100 for train in sides)
    return 100 * total


def days_saved(p: int, s: int, r: int) -> float:
    model_first = [r if case < p else r + s for case in range(100)]
    interface_first = [s + r for _case in range(100)]
    return statistics.fmean(interface_first) - statistics.fmean(model_first)


def ceiling_of_a_repair(a: int, c: int, h: int) -> float:
    right = a * 10000
    for error in range((100 - a) * 10000):
        blurred, mended = error % 100 < c, error // 100 % 100 < h
        right += blurred and mended
    return right / 10000


def how_many_may_enrol(f: float, p: int) -> float:
    kept_out, people = 1.0, 0
    while kept_out * (1 - f / 100) >= 1 - p / 100:
        kept_out *= 1 - f / 100
        people += 1
    return people


def pairs_to_prove_it(n: int, x: int) -> float:
    return 3 / _bisect(lambda rate: 1 - math.prod([1 - rate] * n) - x / 100, 0, 0.5)


def pairs_for_a_blind_test(w: int) -> float:
    n = 1
    while Fraction(4 * 50 * 50, n) > (w - 50) ** 2:
        n += 1
    return n


WITNESSES: dict[str, Callable[..., float]] = {
    "model-interpretability/a-perfect-but-rare-column": a_perfect_but_rare_column,
    "model-interpretability/k-equal-columns": k_equal_columns,
    "model-interpretability/shares-of-a-maximum": shares_of_a_maximum,
    "model-interpretability/the-bar-that-is-missing": the_bar_that_is_missing,
    "model-interpretability/slope-of-a-cube": slope_of_a_cube,
    "model-interpretability/sharing-a-saturated-sum": sharing_a_saturated_sum,
    "mechanistic-interpretability/what-one-head-votes": what_one_head_votes,
    "mechanistic-interpretability/reading-a-neuron-for-a-feature": reading_a_neuron_for_a_feature,
    "mechanistic-interpretability/ghost-of-a-neighbour": ghost_of_a_neighbour,
    "mechanistic-interpretability/share-recovered": share_recovered,
    "mechanistic-interpretability/the-best-possible-loss": the_best_possible_loss,
    "mechanistic-interpretability/shrunk-by-the-penalty": shrunk_by_the_penalty,
    "ai-safety/grey-levels-to-flip": grey_levels_to_flip,
    "ai-safety/fgsm-at-the-edge": fgsm_at_the_edge,
    "ai-safety/margin-at-the-worst-point": margin_at_the_worst_point,
    "ai-safety/false-alarms-for-equal-precision": false_alarms_for_equal_precision,
    "ai-safety/no-failure-by-class": no_failure_by_class,
    "ai-safety/clean-by-luck": clean_by_luck,
    "research-practice/many-trials-against-one": many_trials_against_one,
    "research-practice/gain-in-standard-errors": gain_in_standard_errors,
    "research-practice/gain-after-the-rerun": gain_after_the_rerun,
    "research-practice/weights-of-a-bottleneck": weights_of_a_bottleneck,
    "research-practice/iterations-into-epochs": iterations_into_epochs,
    "open-source-portfolio/best-of-equal-submissions": best_of_equal_submissions,
    "open-source-portfolio/halving-the-history": halving_the_history,
    "open-source-portfolio/interval-for-the-post": interval_for_the_post,
    "capstone/on-both-sides": on_both_sides,
    "capstone/days-saved": days_saved,
    "capstone/ceiling-of-a-repair": ceiling_of_a_repair,
    "capstone/how-many-may-enrol": how_many_may_enrol,
    "capstone/pairs-to-prove-it": pairs_to_prove_it,
    "capstone/pairs-for-a-blind-test": pairs_for_a_blind_test,
}
