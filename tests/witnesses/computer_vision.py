"""Independent recomputation of numeric answers of the computer vision questions: loops, brute force, simulation, derivatives."""

from __future__ import annotations

import itertools
import math
import random
import statistics
from collections.abc import Callable, Sequence


def positions(n: int, kernel: int, stride: int, padding: int) -> int:
    """Count the places of a window by walking over the padded line."""
    return sum(1 for start in range(0, n + 2 * padding, stride) if start + kernel <= n + 2 * padding)


def softmax(logits: Sequence[float]) -> list[float]:
    top = max(logits)
    powers = [math.exp(z - top) for z in logits]
    return [x / math.fsum(powers) for x in powers]


def lowest(f: Callable[[float], float], low: float, high: float) -> float:
    """Golden section search for the least value of a convex function."""
    ratio = (math.sqrt(5) - 1) / 2
    for _ in range(200):
        a, b = high - ratio * (high - low), low + ratio * (high - low)
        if f(a) < f(b):
            high = b
        else:
            low = a
    return f((low + high) / 2)


def gradient_of_a_shared_weight(p: float, q: float) -> float:
    row, incoming, step = (4, 1, 3, p), (1, q, -1), 1e-4

    def loss(b: float) -> float:
        return sum(g * (0.3 * row[i] + b * row[i + 1]) for i, g in enumerate(incoming))

    return round((loss(0.7 + step) - loss(0.7 - step)) / (2 * step), 6)


def weights_of_the_dense_twin(n: int, k: int) -> float:
    dense = sum(3 * n * n for _ in range(16 * n * n))
    shared = len(list(itertools.product(range(16), range(3), range(k), range(k))))
    return dense / shared


def learnable_with_a_norm(c: int, k: int) -> float:
    first = [1 for _ in itertools.product(range(c), range(3), range(3), range(3))]
    norm = [1 for _ in range(c) for _ in ("scale", "shift")]
    second = [1 for _ in itertools.product(range(2 * c), range(c), range(k), range(k))] + [1] * (2 * c)
    return float(len(first) + len(norm) + len(second))


def side_of_the_last_map(n: int) -> float:
    for kernel, stride, padding in ((7, 2, 3), (3, 2, 1), (3, 1, 0), (5, 2, 2)):
        n = positions(n, kernel, stride, padding)
    return float(n)


def max_pool_then_average_pool(v: float, w: float) -> float:
    grid: list[list[float]] = [[1, v, 2, 0], [3, 0, w, 4], [5, 2, 9, 1], [0, 1, 3, 3]]
    peaks = [max(grid[i + a][j + b] for a in (0, 1) for b in (0, 1)) for i in (0, 2) for j in (0, 2)]
    return statistics.fmean(peaks)


def two_kernels_in_one(a: float, b: float) -> float:
    def net(x: Sequence[float]) -> float:
        y = [x[i] + a * x[i + 1] for i in (0, 1)]
        return b * y[0] + 2 * y[1]

    return net((0, 1, 0))


def millions_of_products(n: int, c: int, k: int) -> float:
    side = positions(n, k, 2, k // 2)
    count = 0
    for _ in range(side * side):
        for _ in range(128):
            count += k * k * c
    return count / 1e6


def margin_notes_pile_up(L: int, v: float) -> float:
    """The covariance of the sum, entry by entry of the matrix of stem and branches."""
    size = [1.0] + [v] * L
    total = sum(size[i] if i == j else 0.0 for i in range(L + 1) for j in range(L + 1))
    return math.exp(math.log(total) / 2)


def percent_saved_by_stacking(k: int) -> float:
    view, layers = 1, 0
    while view < k:
        view, layers = view + 2, layers + 1
    return 100 * (1 - sum(32 * 32 * 9 for _ in range(layers)) / (32 * 32 * k * k))


def products_of_a_branch(c: int, r: int, o: int, k: int) -> float:
    places = 28 * 28
    before = sum(places * k * k * c for _ in range(o))
    after = sum(places * c for _ in range(r)) + sum(places * k * k * r for _ in range(o))
    return before / after


def full_against_separable(k: int, c: int) -> float:
    taps = len(list(itertools.product(range(k), range(k))))
    full = sum(taps * 96 for _ in range(c))
    pair = sum(taps for _ in range(96)) + sum(96 for _ in range(c))
    return full / pair


def scaled_in_three_directions(d: float, w: float, r: float) -> float:
    def cost(layers: float, width: float, side: float) -> float:
        return layers * 9 * width * width * side * side

    return cost(20 * d, 64 * w, 56 * r) / cost(20, 64, 56)


def share_of_the_first_fc_layer(n: int) -> float:
    channels, side, convolutions = 3, n, 0
    for out in (32, 64, 128):
        convolutions += out * (9 * channels + 1)
        channels, side = out, positions(side, 2, 2, 0)
    first, second = 256 * (channels * side * side + 1), 10 * 257
    return 100 * first / (convolutions + first + second)


def first_loss_with_known_shares(a: int, b: int, c: int) -> float:
    labels = [0] * a + [1] * b + [2] * c
    chance = softmax([math.log(x / 100) for x in (a, b, c)])
    return statistics.fmean(-math.log(chance[y]) for y in labels)


def normalized_once_too_often(p: int) -> float:
    x = p / 255
    for _ in range(2):
        x = (x - 0.45) / 0.25
    return x


def loss_floor_of_a_turn(p: float, s: float) -> float:
    def loss(answer: float) -> float:
        return -(1 - p) * math.log(answer) - p * math.log(1 - answer)

    return s / 100 * lowest(loss, 1e-6, 1 - 1e-6)


def images_for_a_narrow_bar(p: int, w: float) -> float:
    n = 1
    while 196 * math.sqrt(p / 100 * (1 - p / 100) / n) > w:
        n += 1
    return float(n)


def cows_away_from_grass(u: int, s: int, m: int) -> float:
    photos = [u] * m + [s] * (100 - m)
    return statistics.fmean(photos)


def floor_of_two_true_classes(m: int) -> float:
    logits, rate = [0.1 * i for i in range(10)], 0.2
    for _ in range(20000):
        chance = softmax(logits)
        logits = [z - rate * (m * q - (1 if i < m else 0)) for i, (z, q) in enumerate(zip(logits, chance, strict=True))]
    return -math.fsum(math.log(q) for q in softmax(logits)[:m])


def iou(a: Sequence[float], b: Sequence[float]) -> float:
    wide = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
    high = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    return wide * high / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - wide * high)


def two_formats_one_overlap(d: int) -> float:
    """Count pixels of both boxes."""
    label = {(x, y) for x in range(20, 60) for y in range(20, 60)}
    answer = {(x, y) for x in range(20 + d, 60 + d) for y in range(20, 60)}
    return len(label & answer) / len(label | answer)


def average_precision_by_threshold(t: float, a: float, w: float) -> float:
    free, marks = set("ABCD"), []
    for name, overlap in (("A", 0.81), ("B", 0.62), ("A", 0.77), ("C", 0.55), ("-", 0.0)):
        hit = name in free and overlap >= t
        free -= {name} if hit else set()
        marks.append(hit)
    precision = [sum(marks[: i + 1]) / (i + 1) for i in range(len(marks))]
    return sum(max(precision[i:]) / 4 for i, hit in enumerate(marks) if hit)


def boxes_that_survive(a: int, b: int, c: int, d: int, r: int, z: int, k: int) -> float:
    left = [(x, 0, x + 40, 30) for x in (0, a, b, c, d)]
    kept = 0
    while left:
        best, rest = left[0], left[1:]
        kept += 1
        left = [box for box in rest if iou(best, box) <= 0.5]
    return float(kept)


def easy_background_under_focal_loss(n: int, h: float, g: int) -> float:
    def term(p: float) -> float:
        loss = -math.log(p)
        for _ in range(g):
            loss *= 1 - p
        return loss

    terms = [term(0.99)] * n + [term(h)] * 20
    return 100 * math.fsum(terms[:n]) / math.fsum(terms)


def cheapest_one_to_one(b: int, c: int) -> float:
    cost = [[1, b, 9], [2, c, 8], [7, 6, 3], [6, 7, 9]]
    return float(min(sum(cost[i][j] for j, i in enumerate(rows)) for rows in itertools.permutations(range(4), 3)))


def next_size_that_joins(n: int, L: int) -> float:
    def joins(side: int) -> bool:
        way = [side]
        for _ in range(L):
            way.append(positions(way[-1], 2, 2, 0))
        up = way[-1]
        for level in reversed(way[:-1]):
            up *= 2
            if up != level:
                return False
        return True

    return float(next(side for side in itertools.count(n) if joins(side)))


def first_convolution_after_a_join(c: int) -> float:
    joined = ["below"] * (2 * c) + ["skip"] * c
    return float(sum(len(joined) * 9 + 1 for _ in range(c)))


def dice_of_a_small_lesion(g: int, p: int, i: int) -> float:
    lesion, marked = set(range(g)), set(range(g - i, g - i + p))
    hit, false, missed = len(lesion & marked), len(marked - lesion), len(lesion - marked)
    precision, recall = hit / (hit + false), hit / (hit + missed)
    return 100 * statistics.harmonic_mean([precision, recall])


def mean_of_four_triplets(p: float, m: float) -> float:
    total = 0.0
    for negative in (0.30, 0.55, 0.75, 1.20):
        if negative < p + m:
            total += p + m - negative
    return total / 4


def rate_for_a_long_list(N: int, t: float) -> float:
    """Bisect for the rate at which a stranger is refused N times with the wanted probability."""
    low, high = 0.0, 1.0
    for _ in range(100):
        middle = (low + high) / 2
        refused = 1.0
        for _ in range(N):
            refused *= 1 - middle
        low, high = (middle, high) if 1 - refused < t / 100 else (low, middle)
    return 1e6 * low


def refused_at_a_wanted_rate(f: float, r: float, z: float, k: float) -> float:
    edges = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
    same = [x for x, n in zip(edges, (10, 20, 50, 120, 200, 250, 350), strict=True) for _ in range(n)]
    different = [x for x, n in zip(edges, (7000, 2000, 700, 200, 80, 15, 5), strict=True) for _ in range(n)]
    chosen = next(x for x in edges if 100 * sum(s >= x for s in different) <= f * len(different) + 1e-9)
    return 100 * sum(s < chosen for s in same) / len(same)


def two_channels_four_places(p: float, q: float) -> float:
    places = [(1, 3), (2, 0), (0, 1), (p, q)]
    random.Random(0).shuffle(places)
    return statistics.fmean(a * b for a, b in places)


def one_step_on_the_picture(t: float, q: float) -> float:
    def loss(x2: float) -> float:
        return (2 * 3 - x2 - t) ** 2

    step = 1e-4
    return q - 0.1 * (loss(q + step) - loss(q - step)) / (2 * step)


def frames_left_after_three(n: int) -> float:
    for stride in (1, 2, 1):
        n = positions(n, 3, stride, 0)
    return float(n)


def off_by_one_pixel(d: int) -> float:
    """Depth is found by walking away until the disparity of a point has fallen to the given number."""

    def depth(disparity: float) -> float:
        low, high = 0.1, 1000.0
        for _ in range(100):
            middle = (low + high) / 2
            left, right = 800 * 0.06 / middle, 800 * -0.06 / middle
            low, high = (middle, high) if left - right > disparity else (low, middle)
        return low

    return depth(d - 1) - depth(d)


def another_point_on_the_ray(a: float, z: float) -> float:
    """Walk along the ray from the camera through the known point."""
    steps = 1000
    x = 0.0
    for _ in range(steps):
        x += (z / steps) * math.tan(math.atan2(a, 5))
    return x


WITNESSES: dict[str, Callable[..., float]] = {
    "cnn-fundamentals/gradient-of-a-shared-weight": gradient_of_a_shared_weight,
    "cnn-fundamentals/weights-of-the-dense-twin": weights_of_the_dense_twin,
    "cnn-fundamentals/learnable-with-a-norm": learnable_with_a_norm,
    "cnn-fundamentals/side-of-the-last-map": side_of_the_last_map,
    "cnn-fundamentals/max-pool-then-average-pool": max_pool_then_average_pool,
    "cnn-fundamentals/two-kernels-in-one": two_kernels_in_one,
    "cnn-fundamentals/millions-of-products": millions_of_products,
    "cnn-architectures/margin-notes-pile-up": margin_notes_pile_up,
    "cnn-architectures/percent-saved-by-stacking": percent_saved_by_stacking,
    "cnn-architectures/products-of-a-branch": products_of_a_branch,
    "cnn-architectures/full-against-separable": full_against_separable,
    "cnn-architectures/scaled-in-three-directions": scaled_in_three_directions,
    "cnn-architectures/share-of-the-first-fc-layer": share_of_the_first_fc_layer,
    "image-classification/first-loss-with-known-shares": first_loss_with_known_shares,
    "image-classification/normalized-once-too-often": normalized_once_too_often,
    "image-classification/loss-floor-of-a-turn": loss_floor_of_a_turn,
    "image-classification/images-for-a-narrow-bar": images_for_a_narrow_bar,
    "image-classification/cows-away-from-grass": cows_away_from_grass,
    "image-classification/floor-of-two-true-classes": floor_of_two_true_classes,
    "detection-segmentation/two-formats-one-overlap": two_formats_one_overlap,
    "detection-segmentation/average-precision-by-threshold": average_precision_by_threshold,
    "detection-segmentation/boxes-that-survive": boxes_that_survive,
    "detection-segmentation/easy-background-under-focal-loss": easy_background_under_focal_loss,
    "detection-segmentation/cheapest-one-to-one": cheapest_one_to_one,
    "detection-segmentation/next-size-that-joins": next_size_that_joins,
    "detection-segmentation/first-convolution-after-a-join": first_convolution_after_a_join,
    "detection-segmentation/dice-of-a-small-lesion": dice_of_a_small_lesion,
    "vision-applications/mean-of-four-triplets": mean_of_four_triplets,
    "vision-applications/rate-for-a-long-list": rate_for_a_long_list,
    "vision-applications/refused-at-a-wanted-rate": refused_at_a_wanted_rate,
    "vision-applications/two-channels-four-places": two_channels_four_places,
    "vision-applications/one-step-on-the-picture": one_step_on_the_picture,
    "vision-applications/frames-left-after-three": frames_left_after_three,
    "vision-applications/off-by-one-pixel": off_by_one_pixel,
    "vision-applications/another-point-on-the-ray": another_point_on_the_ray,
}
