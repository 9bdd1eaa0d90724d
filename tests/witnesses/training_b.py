"""Answers of variants of training-b's numeric questions, each computed by another route than the formula in the bank."""

from __future__ import annotations

import itertools
import math
import statistics
from collections.abc import Callable
from fractions import Fraction


def _cross_entropy(target: list[float], probabilities: list[float]) -> float:
    return -sum(t * math.log(p) for t, p in zip(target, probabilities, strict=True) if t > 0)


def _softmax(logits: list[float]) -> list[float]:
    top = max(logits)
    weights = [math.exp(z - top) for z in logits]
    total = sum(weights)
    return [w / total for w in weights]


def _least_cross_entropy(target: list[float], steps: int = 4000, rate: float = 2.0) -> float:
    """Gradient descent on the logits from equal ones; the target must sum to 1."""
    logits = [0.0] * len(target)
    for _ in range(steps):
        probabilities = _softmax(logits)
        logits = [z - rate * (p - t) for z, p, t in zip(logits, probabilities, target, strict=True)]
    return _cross_entropy(target, _softmax(logits))


def first_loss_of_two_heads(a: int, b: int) -> float:
    """All joint answers of the two heads are equally likely: count them."""
    answers = sum(1 for _ in itertools.product(range(a), *([(0, 1)] * b)))
    return -math.log(1 / answers)


def floor_of_a_blind_net(a: int, b: int, c: int) -> float:
    """Train the three biases that matter."""
    return _least_cross_entropy([a / 16, b / 16, c / 16])


def floor_under_smoothing(c: int, e: float) -> float:
    """Raise the right class's logit by the best margin, found by ternary search."""
    target = [1 - e + e / c] + [e / c] * (c - 1)

    def loss(margin: float) -> float:
        return _cross_entropy(target, _softmax([margin] + [0.0] * (c - 1)))

    low, high = 0.0, 30.0
    for _ in range(200):
        third = (high - low) / 3
        if loss(low + third) < loss(high - third):
            high -= third
        else:
            low += third
    return loss(low)


def folders_sorted_as_text(n: int) -> float:
    """Sort the names both ways and count the agreeing places."""
    names = [str(k) for k in range(1, n + 1)]
    return 100 * statistics.fmean(float(p == q) for p, q in zip(names, sorted(names), strict=True))


def gap_in_standard_errors(n: int, v: int) -> float:
    """Deviation of the share from the binomial distribution itself, summed over all counts (logarithms against underflow)."""
    p = v / 100
    mean = 0.0
    square = 0.0
    for k in range(n + 1):
        log_mass = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1) + k * math.log(p) + (n - k) * math.log1p(-p)
        mass = math.exp(log_mass)
        mean += mass * k / n
        square += mass * (k / n) ** 2
    return 0.04 / math.sqrt(square - mean**2)


def adams_step_against_he(n: int, r: float) -> float:
    """Norms of a layer of 64 units with normal weights taken at even quantiles, and of a step of the rate in each weight."""
    normal = statistics.NormalDist(0, math.sqrt(2 / n))
    count = 64 * n
    weights = [normal.inv_cdf((k + 0.5) / count) for k in range(count)]
    step = [r if k % 3 else -r for k in range(count)]
    return 100 * math.hypot(*step) / math.hypot(*weights)


def loss_of_a_constant(p: int) -> float:
    """Train one bias on 1,000 labels."""
    labels = [1.0] * (10 * p) + [0.0] * (1000 - 10 * p)
    share = statistics.fmean(labels)
    bias = 0.0
    for _ in range(20000):
        bias -= 2.0 * (1 / (1 + math.exp(-bias)) - share)
    return statistics.fmean(math.log1p(math.exp(-bias)) if y else math.log1p(math.exp(bias)) for y in labels)


def points_over_the_constant(n: int, t: int, f: int) -> float:
    """Lists of truths and answers, compared one by one."""
    truth = [1] * n + [0] * (1000 - n)
    answers = [1] * t + [0] * (n - t) + [1] * f + [0] * (1000 - n - f)
    right = sum(x == y for x, y in zip(truth, answers, strict=True))
    constant = sum(x == 0 for x in truth)
    return (right - constant) / 10


def pictures_seen_with_flips(n: int, e: int) -> float:
    """Average the number of versions seen over all equally likely histories of one image."""
    histories = list(itertools.product((0, 1), repeat=e))
    return float(n * Fraction(sum(len(set(h)) for h in histories), len(histories)))


def ever_seen_as_it_is(p: int, e: int) -> float:
    """Count the versions one by one, then walk through the epochs with the probability of not having met the plain one."""
    versions = list(itertools.product(range(-p, p + 1), range(-p, p + 1), (False, True)))
    plain = sum(v == (0, 0, False) for v in versions)
    missed = 1.0
    for _ in range(e):
        missed -= missed * plain / len(versions)
    return 100 * (1 - missed)


def siblings_across_the_split(k: int, v: int) -> float:
    """All placements of the k versions, weighed: of the files in validation, how many have a sibling in train?"""
    known = Fraction(0)
    files = Fraction(0)
    share = Fraction(v, 100)
    for placement in itertools.product((True, False), repeat=k):
        weight = Fraction(1)
        for in_validation in placement:
            weight *= share if in_validation else 1 - share
        held_out = sum(placement)
        files += weight * held_out
        known += weight * (held_out if held_out < k else 0)
    return float(100 * known / files)


def loss_of_a_pasted_patch(w: int, h: int, pa: float) -> float:
    """Paint the image and let every pixel vote for its animal."""
    image = [["dog" if x < w and y < h else "cat" for x in range(32)] for y in range(32)]
    costs = {"cat": -math.log(pa), "dog": -math.log(0.3)}
    return statistics.fmean(costs[pixel] for row in image for pixel in row)


def box_after_flip_and_crop(w: int, c: int) -> float:
    """Mark the columns of the box, mirror and crop the row, and look for the first marked one."""
    row = [390 <= x < 500 for x in range(w)]
    return float(row[::-1][c:].index(True))


def best_net_for_the_mix(a: int, b: int, c: int) -> float:
    """Score each net on 100 images dealt out by the shares."""
    nets = {
        "nothing": (97.7, 86.5, 68.9),
        "shifts": (94.2, 77.6, 51.6),
        "rotations": (96.9, 96.6, 59.2),
        "noise": (97.2, 87.3, 83.0),
    }
    images = [0] * a + [1] * b + [2] * c
    return max(statistics.fmean(scores[kind] for kind in images) for scores in nets.values())


WITNESSES: dict[str, Callable[..., float]] = {
    "debugging-training/first-loss-of-two-heads": first_loss_of_two_heads,
    "debugging-training/floor-of-a-blind-net": floor_of_a_blind_net,
    "debugging-training/floor-under-smoothing": floor_under_smoothing,
    "debugging-training/folders-sorted-as-text": folders_sorted_as_text,
    "debugging-training/gap-in-standard-errors": gap_in_standard_errors,
    "debugging-training/adams-step-against-he": adams_step_against_he,
    "debugging-training/loss-of-a-constant": loss_of_a_constant,
    "debugging-training/points-over-the-constant": points_over_the_constant,
    "data-augmentation/pictures-seen-with-flips": pictures_seen_with_flips,
    "data-augmentation/ever-seen-as-it-is": ever_seen_as_it_is,
    "data-augmentation/siblings-across-the-split": siblings_across_the_split,
    "data-augmentation/loss-of-a-pasted-patch": loss_of_a_pasted_patch,
    "data-augmentation/box-after-flip-and-crop": box_after_flip_and_crop,
    "data-augmentation/best-net-for-the-mix": best_net_for_the_mix,
}
