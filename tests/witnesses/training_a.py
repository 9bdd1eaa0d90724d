"""Second computations, by another route, of numeric answers of optimizers, initialization-gradient-flow, regularization and batch-normalization."""

import itertools
import math
import statistics
from collections.abc import Callable


def three_momentum_steps(b: float, g: float) -> float:
    gradients = (3.0, g, -2.0)
    return 2 - 0.1 * sum(value * b**age for i, value in enumerate(gradients) for age in range(len(gradients) - i))


def a_spike_under_rmsprop(k: float, a: float) -> float:
    average, step = 0.0, 0.0
    for gradient in [1.0] * 10_000 + [float(k)]:
        average = a * average + (1 - a) * gradient**2
        step = gradient / math.sqrt(average)
    return step


def adams_second_step(p: float, q: float) -> float:
    weight, m, v, rate = 0.0, 0.0, 0.0, 0.001
    places = [weight]
    for t, gradient in enumerate((p, -q), start=1):
        m += (1 - 0.9) * (gradient - m)
        v += (1 - 0.999) * (gradient**2 - v)
        weight -= rate * (m / (1 - 0.9**t)) / (math.sqrt(v / (1 - 0.999**t)) + 1e-8)
        places.append(weight)
    return (places[1] - places[2]) / rate


def decay_under_a_cosine(T: int, d: float) -> float:
    weight = 1.0
    for t in range(T):
        weight -= 0.001 * (1 + math.cos(math.pi * t / T)) / 2 * d * weight
    return 100 * weight


def rate_from_a_config(t: int, c: float, deg: float, k: float) -> float:
    assert deg > 0 and k < c
    return statistics.fmean((6.0e-4, 0.6e-4)) + (6.0e-4 - 0.6e-4) / 2 * math.cos(math.pi * (t - 200) / (2000 - 200))


def linear_stack(n: int, s: float, k: int) -> float:
    squares = [1.0] * n
    for _ in range(k):
        squares = [math.fsum(s * s * square for square in squares)] * n
    return math.sqrt(statistics.fmean(squares))


def deviation_for_a_conv(c: int) -> float:
    normal = statistics.NormalDist()
    half = sum((x / 1000) ** 2 * normal.pdf(x / 1000) / 1000 for x in range(9000))  # mean square of relu(z), z standard normal
    low, high = 0.0, 1.0
    while high - low > 1e-12:
        middle = (low + high) / 2
        signal = sum(middle**2 * half for _ in itertools.product(range(c), range(3), range(3)))
        low, high = (middle, high) if signal < 1 else (low, middle)
    return low


def chain_of_sigmoids(w: float, a: float, k: int) -> float:
    def chain(x: float) -> float:
        value, usual = x, 0.5
        for _ in range(k):
            bias = math.log(a / (1 - a)) - w * usual
            value, usual = 1 / (1 + math.exp(-(w * value + bias))), a
        return value

    return (chain(0.5 + 1e-3) - chain(0.5 - 1e-3)) / 2e-3


def through_residual_blocks(c: float, k: int) -> float:
    return math.fsum(
        math.comb(k, branches) * c**branches for branches in range(k + 1)
    )  # the paths, by how many branches each takes


def one_norm_for_all(a: float, b: float, c: float, n: float, m: float) -> float:
    assert n > m
    low, high = 0.0, 1.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if math.hypot(middle * a, middle * b, middle * c) < m else (low, middle)
    return low * c


def stiff_and_soft_directions(h: float, l: float, a: float) -> float:
    weight = 0.0
    for _ in range(5000):
        weight -= 0.05 * (h * (weight - a) + l * weight)
    return weight


def what_l1_leaves(l: float) -> float:
    grid = [i / 1000 for i in range(-2500, 2501)]
    total = 0.0
    for place in (2.0, -0.3, 0.7, 0.1, -1.2):
        losses = [(w - place) ** 2 / 2 + l * abs(w) for w in grid]
        total += abs(grid[losses.index(min(losses))])
    return total


def conspiracy_of_units(p: float, k: int) -> float:
    masks = itertools.product((False, True), repeat=k)
    return 100 * (1 - sum(math.prod(1 - p if kept else p for kept in mask) for mask in masks if not all(mask)))


def patience_runs_out(p: int, keep: int, stop: int) -> float:
    losses = (0.90, 0.71, 0.62, 0.65, 0.63, 0.58, 0.60, 0.61, 0.59, 0.57, 0.60, 0.59, 0.61, 0.62, 0.58, 0.55)
    best, waited = 0, 0
    for epoch, loss in enumerate(losses):
        better = epoch == 0 or loss < losses[best]
        best, waited = (epoch, 0) if better else (best, waited + 1)
        if waited == p:
            assert (best + 1, epoch + 1) == (keep, stop)
            break
    return best + 1


def one_value_through_batch_norm(g: float, b: float) -> float:
    batch = (1.0, 3.0, 5.0, 11.0)
    return statistics.NormalDist(statistics.fmean(batch), statistics.pstdev(batch)).zscore(11.0) * g + b


def learnable_numbers(c: int) -> float:
    names = [("conv1", *at) for at in itertools.product(range(c), range(3), range(3), range(3))]
    names += [("conv2", *at) for at in itertools.product(range(2 * c), range(c), range(3), range(3))]
    norms = [(layer, kind, i) for layer, width in (("bn1", c), ("bn2", 2 * c)) for kind in "γβ" for i in range(width)]
    return len(set(names)) + len(set(norms))


def running_mean_not_there_yet(m: float, k: int) -> float:
    running = 0.0
    for _ in range(k):
        running += 0.1 * (m - running)
    return running


def rms_of_four_features(a: float, b: float, c: float, d: float, s: float) -> float:
    assert math.isclose(math.hypot(a, b, c, d) ** 2, s)
    return 1.5 * d / (math.hypot(a, b, -c, d) / 2)


WITNESSES: dict[str, Callable[..., float]] = {
    "optimizers/three-momentum-steps": three_momentum_steps,
    "optimizers/a-spike-under-rmsprop": a_spike_under_rmsprop,
    "optimizers/adams-second-step": adams_second_step,
    "optimizers/decay-under-a-cosine": decay_under_a_cosine,
    "optimizers/rate-from-a-config": rate_from_a_config,
    "initialization-gradient-flow/linear-stack": linear_stack,
    "initialization-gradient-flow/deviation-for-a-conv": deviation_for_a_conv,
    "initialization-gradient-flow/chain-of-sigmoids": chain_of_sigmoids,
    "initialization-gradient-flow/through-residual-blocks": through_residual_blocks,
    "initialization-gradient-flow/one-norm-for-all": one_norm_for_all,
    "regularization/stiff-and-soft-directions": stiff_and_soft_directions,
    "regularization/what-l1-leaves": what_l1_leaves,
    "regularization/conspiracy-of-units": conspiracy_of_units,
    "regularization/patience-runs-out": patience_runs_out,
    "batch-normalization/one-value-through-batch-norm": one_value_through_batch_norm,
    "batch-normalization/learnable-numbers": learnable_numbers,
    "batch-normalization/running-mean-not-there-yet": running_mean_not_there_yet,
    "batch-normalization/rms-of-four-features": rms_of_four_features,
}
