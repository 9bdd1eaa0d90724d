"""Second computations, by another route, of the numeric answers of the topics evaluation-metrics, hyperparameter-tuning and experiment-tracking."""

import itertools
import math
import statistics
from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction


def recall_left_out(P: int, F: int, N: int) -> float:
    def distance(missed: int) -> float:
        found = N - missed
        false_alarms = found * (100 - P) / P
        return abs(2 * found / (2 * found + false_alarms + missed) - F / 100)

    return float(min(range(N + 1), key=distance))


def macro_over_columns(c: int) -> float:
    table = {("A", "A"): 180, ("A", "B"): 10, ("A", "C"): 10, ("B", "A"): 56, ("B", "B"): 30, ("B", "C"): 8}
    table |= {("C", "A"): 4, ("C", "B"): 10, ("C", "C"): c}
    items = [pair for pair, count in table.items() for _ in range(count)]
    return 100 * statistics.fmean(statistics.fmean(float(t == p) for t, p in items if p == name) for name in "ABC")


def recall_behind_the_accuracy(a: float, f: int) -> float:
    found = [tp for tp in range(81) if abs((tp + 1920 - f) / 2000 - a / 100) < 1e-9]
    assert len(found) == 1
    return 100 * found[0] / 80


def precision_in_the_wild(p: int, tpr: int, fpr: int) -> float:
    odds = Fraction(p, 100 - p) * Fraction(tpr, fpr)
    return float(100 * odds / (1 + odds))


def thinned_negatives(P: int, k: int) -> float:
    month = [False] * ((100 - P) * k)
    assert len(month[::k]) == 100 - P
    return 100 * statistics.fmean([1.0] * P + [0.0] * len(month))


def cheapest_threshold(c: int, best: float, f: int, a: int) -> float:
    table = {0.1: (2, 151), 0.15: (10, 63), 0.2: (19, 33), 0.3: (31, 6), 0.5: (55, 0)}
    assert table[best] == (f, a)
    return min(table, key=lambda threshold: c * table[threshold][0] + table[threshold][1])


def threshold_from_two_costs(F: int, M: int) -> float:
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if middle * M < (1 - middle) * F else (low, middle)
    return 100 * low


def auc_with_ties(x: float, w: float, lo: float, hi: float) -> float:
    assert lo <= w <= hi
    pairs = list(itertools.product((0.9, 0.6, x), (0.8, 0.6, 0.3, 0.1)))
    return statistics.fmean(1.0 if p > n else 0.5 if p == n else 0.0 for p, n in pairs)


def overlap_of_two_boxes(a: int, b: int) -> float:
    truth = set(itertools.product(range(20), range(10)))
    prediction = set(itertools.product(range(a, 30), range(b, 12)))
    return len(truth & prediction) / len(truth | prediction)


def bleu(candidate: Sequence[int], reference: Sequence[int]) -> float:
    logs = 0.0
    for n in range(1, 5):
        mine = Counter(tuple(candidate[i : i + n]) for i in range(len(candidate) - n + 1))
        theirs = Counter(tuple(reference[i : i + n]) for i in range(len(reference) - n + 1))
        logs += math.log((mine & theirs).total() / mine.total()) / 4
    return math.exp(logs + min(0.0, 1 - len(reference) / len(candidate)))


def penalty_for_brevity(c: int, r: int) -> float:
    return 100 * bleu(range(c), range(r))


def error_bar_of_a_recall(N: int, m: int, r: int) -> float:
    assert m < N
    chances = [math.comb(m, k) * (r / 100) ** k * (1 - r / 100) ** (m - k) for k in range(m + 1)]
    mean = sum(chance * k / m for k, chance in enumerate(chances))
    return 100 * math.sqrt(sum(chance * (k / m - mean) ** 2 for k, chance in enumerate(chances)))


def trials_for_a_hit(s: int, q: int) -> float:
    miss, trials = Fraction(1), 0
    while 1 - miss < Fraction(q, 100):
        miss *= 1 - Fraction(s, 100)
        trials += 1
    return trials


def grid_runs_that_repeat(k: int, d: int, u: int) -> float:
    seen: set[tuple[int, ...]] = set()
    repeated = 0
    for setting in itertools.product(range(k), repeat=d):
        repeated += setting[u:] in seen
        seen.add(setting[u:])
    return repeated


def trials_between_two_rates(a: float, b: float) -> float:
    draws = 200_000
    hits = sum(a <= 10 ** (-5 + 4 * (i + 0.5) / draws) <= b for i in range(draws))
    return 60 * hits / draws


def informed_trials(N: int, w: int) -> float:
    finished = informed = 0
    while finished < N:
        started = min(w, N - finished)
        informed += started if finished >= 10 else 0
        finished += started
    return informed


def cost_of_a_halving(n: int, e: int, r: int, m: int, R: int) -> float:
    age = [0] * n
    until, trained, rungs = r, 0, 0
    while True:
        trained += sum(until - epochs for epochs in age)
        if until == R:
            assert rungs == m
            return trained
        age = [until] * (len(age) // e)
        until, rungs = until * e, rungs + 1


def who_survives_two_cuts(a: int, d: float, t: float, f: float) -> float:
    assert d != t
    runs = [(34.3, 81.7, 90.7), (78.3, 90.0, 94.3), (83.3, 91.0, 97.0), (90.3, 94.7, 96.7)]
    runs += [(87.3, 95.0, 96.7), (80.0, 93.7, 97.3), (87.0, 96.3, 97.7), (85.7, 92.7, 93.3)]
    delivered = max(sorted(runs, reverse=True)[:a], key=lambda run: run[1])
    assert delivered[2] == f
    return delivered[2] - delivered[1]


def median_pruner_by_hand(p: int, q: int, r: int, s: int, t: int, k: int, z: int) -> float:
    assert k != z
    finished = [(62, 80, 88, 91, 92), (40, 55, 70, 78, 80), (70, 84, 86, 87, 87), (55, 76, 85, 90, 94)]
    best = 0
    for epoch, value in enumerate((p, q, r, s, t)):
        best = max(best, value)
        if best < statistics.median(run[epoch] for run in finished):
            return epoch + 1
    return 0


def what_is_left_of_the_lead(s: float, e: float, m: float, b: float) -> float:
    truth = statistics.NormalDist(m, math.sqrt(s * s - e * e))
    grid = [m - 15 + i / 100 for i in range(3001)]
    weights = [truth.pdf(x) * statistics.NormalDist(x, e).pdf(b) for x in grid]
    return sum(x * weight for x, weight in zip(grid, weights, strict=True)) / sum(weights)


def spike_under_smoothing(w: float, h: float) -> float:
    shown = 5.0
    for value in [0.4] * 5000 + [h]:
        shown = w * shown + (1 - w) * value
    return shown


def same_number_of_examples(a: int, k: int, s: int) -> float:
    assert k > 1
    seen = sum(a for _ in range(s))
    batches = 0
    while seen > 0:
        seen -= 32
        batches += 1
    return batches


def paired_by_seed() -> float:
    before = (93.67, 95.00, 94.00, 91.00, 93.33, 91.33, 92.00, 93.00)
    after = (94.67, 94.67, 93.67, 93.00, 94.33, 92.67, 93.67, 93.67)
    gains = [(round(3 * y) - round(3 * x)) / 3 for x, y in zip(before, after, strict=True)]  # 300 validation images
    return statistics.fmean(gains) / (statistics.stdev(gains) / math.sqrt(len(gains)))


def seeds_for_a_small_gain(s: float, d: float) -> float:
    variance, gain = Fraction(str(s)) ** 2, Fraction(str(d))
    return next(n for n in itertools.count(1) if 4 * (variance / n + variance / n) <= gain**2)


def mean_against_best_of_five(m: float, b: float, s: float) -> float:
    seed = statistics.NormalDist()
    expected = sum(x / 100 * 5 * seed.pdf(x / 100) * seed.cdf(x / 100) ** 4 / 100 for x in range(-800, 801))
    return m - (b - expected * s)


WITNESSES: dict[str, Callable[..., float]] = {
    "evaluation-metrics/recall-left-out": recall_left_out,
    "evaluation-metrics/macro-over-columns": macro_over_columns,
    "evaluation-metrics/recall-behind-the-accuracy": recall_behind_the_accuracy,
    "evaluation-metrics/precision-in-the-wild": precision_in_the_wild,
    "evaluation-metrics/thinned-negatives": thinned_negatives,
    "evaluation-metrics/cheapest-threshold": cheapest_threshold,
    "evaluation-metrics/threshold-from-two-costs": threshold_from_two_costs,
    "evaluation-metrics/auc-with-ties": auc_with_ties,
    "evaluation-metrics/overlap-of-two-boxes": overlap_of_two_boxes,
    "evaluation-metrics/penalty-for-brevity": penalty_for_brevity,
    "evaluation-metrics/error-bar-of-a-recall": error_bar_of_a_recall,
    "hyperparameter-tuning/trials-for-a-hit": trials_for_a_hit,
    "hyperparameter-tuning/grid-runs-that-repeat": grid_runs_that_repeat,
    "hyperparameter-tuning/trials-between-two-rates": trials_between_two_rates,
    "hyperparameter-tuning/informed-trials": informed_trials,
    "hyperparameter-tuning/cost-of-a-halving": cost_of_a_halving,
    "hyperparameter-tuning/who-survives-two-cuts": who_survives_two_cuts,
    "hyperparameter-tuning/median-pruner-by-hand": median_pruner_by_hand,
    "hyperparameter-tuning/what-is-left-of-the-lead": what_is_left_of_the_lead,
    "experiment-tracking/spike-under-smoothing": spike_under_smoothing,
    "experiment-tracking/same-number-of-examples": same_number_of_examples,
    "experiment-tracking/paired-by-seed": paired_by_seed,
    "experiment-tracking/seeds-for-a-small-gain": seeds_for_a_small_gain,
    "experiment-tracking/mean-against-best-of-five": mean_against_best_of_five,
}
