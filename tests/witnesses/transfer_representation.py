"""Independent recomputation of numeric answers on transfer and representation learning: loops, brute force, derivatives."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Sequence


def softmax(logits: Sequence[float]) -> list[float]:
    top = max(logits)
    powers = [math.exp(z - top) for z in logits]
    return [x / math.fsum(powers) for x in powers]


def slope(f: Callable[[float], float], at: float, step: float = 1e-4) -> float:
    return (f(at + step) - f(at - step)) / (2 * step)


def share_of_the_frozen_front(k: int, f: int, c: int) -> float:
    """Build ResNet-18 layer by layer from its kernels and batch norms."""
    stages = [64 * 3 * 49 + 2 * 64]
    width = 64
    for stage in range(4):
        out, total = 64 * 2**stage, 0
        for block in range(2):
            total += out * width * 9 + 2 * out + out * out * 9 + 2 * out
            if block == 0 and width != out:
                total += out * width + 2 * out
            width = out
        stages.append(total)
    assert sum(stages[: k + 1]) == f
    trained = sum(stages[k + 1 :]) + sum(512 + 1 for _ in range(c))
    return 100 * trained / (sum(stages[: k + 1]) + trained)


def disk_for_the_maps(n: int, a: int) -> float:
    one_map = 2 * sum(1 for _ in itertools.product(range(512), range(7), range(7)))
    return sum(one_map for _ in range(1000 * n) for _ in range(a)) / 1e9


def how_far_weights_travel(n: int, u: float) -> float:
    """Run Adam on a constant gradient and measure the way of one weight."""
    weight, first, second, rate = 0.0, 0.0, 0.0, u * 1e-6
    for step in range(1, len(range(0, n, 32)) + 1):
        gradient = 0.37
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        weight -= rate * (first / (1 - 0.9**step)) / (math.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return 100 * abs(weight) / 0.02


def drift_of_a_running_mean(n: int, mu: float) -> float:
    mean = 0.4
    for _ in range(n):
        mean += 0.1 * (mu - mean)
    return mean


def names_in_the_wrong_order(a: int, b: int) -> float:
    table = {"cat": (2, a, 48 - a), "dog": (1, 4, 45), "fox": (b, 3, 47 - b)}
    names = {0: "fox", 1: "cat", 2: "dog"}
    answers = [(true, names[i]) for true, row in table.items() for i, count in enumerate(row) for _ in range(count)]
    return 100 * sum(true == said for true, said in answers) / len(answers)


def section_that_is_seen(r: int, c: int) -> float:
    low = (r - c) // 2
    seen = sum(1 for y in range(r) for x in range(r) if low <= y < low + c and low <= x < low + c)
    return 100 * seen / (r * r)


def four_bits_and_a_scale(n: int, g: int) -> float:
    weights, groups = 128 * 1000, 128 * 1000 // g
    size = (weights // 2) + 2 * groups
    return n * 1e9 / weights * size / 1e9


def billions_from_a_file_list(a: float, b: float, c: float, d: float, e: float) -> float:
    once = [a, b, c]
    assert abs(math.fsum(once) - (d + e)) < 0.11
    return math.fsum(size * 8e9 / 16 for size in once) / 1e9


def first_loss_of_a_new_head(c: int) -> float:
    return math.fsum(-math.log(softmax([0.0] * c)[label]) for label in range(c)) / c


def loss_of_one_anchor(p: float, a: float, t: float) -> float:
    return -math.log(softmax([z / t for z in (p, a, 0.0, -0.4)])[0])


def share_of_the_nearest(t: float, b: float) -> float:
    """Differentiate the loss by each negative's cosine and compare."""
    cosines = [0.8, 0.6, b, 0.0]

    def loss(place: int, value: float) -> float:
        return -math.log(softmax([(value if i == place else z) / t for i, z in enumerate(cosines)])[0])

    def push(place: int) -> float:
        return slope(lambda value: loss(place, value), cosines[place], 1e-5)

    pushes = [push(i) for i in (1, 2, 3)]
    return 100 * pushes[0] / math.fsum(pushes)


def temperature_for_a_ratio(k: float, d: float) -> float:
    low, high = 1e-3, 10.0
    for _ in range(200):
        middle = math.sqrt(low * high)
        near, far = softmax([(0.1 + d) / middle, 0.1 / middle])
        if far > 0 and near / far < k:
            high = middle
        else:
            low = middle
    return low


def batch_that_equals_a_queue(k: int) -> float:
    images = 1
    while len(range(2 * images)) - len(("anchor", "partner")) < k:
        images += 1
    return float(images)


def old_weights_behind_a_key(k: int, m: float) -> float:
    share = 1.0
    for _ in range(0, k, 256):
        share = m * share + (1 - m) * 0.0
    return 100 * share


def attention_on_what_is_left(n: int, m: int) -> float:
    patches = list(itertools.product(range(0, n, 16), range(0, n, 16)))
    kept = patches[: len(patches) - len(patches) * m // 100]
    return float(sum(1 for _ in itertools.product(kept, kept)))


def probability_from_three_cosines(c: float, d: float) -> float:
    return 100 * softmax([100 * c, 27.0, 100 * d])[0]


def terms_of_the_meta_loss(n: int, k: int, q: int, t: int) -> float:
    images = [(e, w, i) for e in range(t) for w in range(n) for i in range(k + q)]
    return float(sum(1 for _, _, i in images if i >= k))


def query_that_knows_its_prototype(n: int, q: int) -> float:
    """Average over all places in which the nearest prototype of a noise vector may be."""
    hits, cases = 0, 0
    for way, column, nearest in itertools.product(range(n), range(q), range(n)):
        said = way if column == 0 else nearest
        hits, cases = hits + (said == way), cases + 1
    return 100 * hits / cases


def query_between_two_means(x: float, y: float, a: float) -> float:
    def mean(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
        return sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)

    classes = [mean([(0, 0), (2, 2)]), mean([(4, 0), (4, a)])]
    return 100 * softmax([-(math.dist((x, y), c) ** 2) for c in classes])[0]


def border_after_a_wrong_label(k: int) -> float:
    def border(support: Sequence[float]) -> float:
        low, high = 0.0, 10.0
        mean = sum(support) / len(support)
        for _ in range(100):
            middle = (low + high) / 2
            if abs(middle - mean) < abs(middle - 10):
                low = middle
            else:
                high = middle
        return low

    return border([2.0] * (k - 1) + [12.0]) - border([2.0] * k)


def adapted(theta: float, a: float, c: float, steps: int) -> float:
    for _ in range(steps):
        theta -= 0.1 * slope(lambda t: 0.5 * a * (t - c) ** 2, theta)
    return theta


def gradient_through_the_step(a: float, c: float) -> float:
    return slope(lambda start: 0.5 * a * (adapted(start, a, c, 1) - c) ** 2, 1.0)


def how_much_first_order_overshoots(a: float, k: int) -> float:
    c = 3.0
    exact = slope(lambda start: 0.5 * a * (adapted(start, a, c, k) - c) ** 2, 1.0)
    return slope(lambda t: 0.5 * a * (t - c) ** 2, adapted(1.0, a, c, k)) / exact


def requests_that_pay_the_tuning(k: int, c: float) -> float:
    millionths, requests = 0.0, 0
    while millionths < c * 1e6 - 1e-6:
        millionths += 0.5 * 150 * k
        requests += 1
    return float(requests)


def turn_that_loses_the_examples(e: int, t: int) -> float:
    length, turn = e, 0
    while length <= 8192:
        length, turn = length + t, turn + 1
    return float(turn)


def one_update_of_one_node(a: float, d: float) -> float:
    features = {"A": a, "B": 2.0, "C": 4.0, "D": d}
    edges = [("A", "B"), ("A", "C"), ("C", "D")]
    heard = [features[u] for x, y in edges for u, v in ((x, y), (y, x)) if v == "C"]
    return max(0.0, 0.5 * features["C"] - sum(heard) / len(heard) + 4)


def weights_for_a_million_nodes(n: int, f: int) -> float:
    assert n > 0
    shapes = [(f, 16), (f, 16), (1, 16), (16, 4), (16, 4), (1, 4)]
    return float(sum(1 for rows, columns in shapes for _ in itertools.product(range(rows), range(columns))))


def reached(start: tuple[int, int], steps: int, around: Callable[[tuple[int, int]], Iterable[tuple[int, int]]]) -> int:
    known = {start}
    for _ in range(steps):
        known |= {v for u in known for v in around(u)}
    return len(known)


def listeners_on_a_grid(k: int) -> float:
    return float(reached((0, 0), k, lambda u: [(u[0] + 1, u[1]), (u[0] - 1, u[1]), (u[0], u[1] + 1), (u[0], u[1] - 1)]))


def layers_round_a_ring(n: int) -> float:
    layers = 0
    while reached((0, 0), layers, lambda u: [((u[0] + 1) % n, 0), ((u[0] - 1) % n, 0)]) < n:
        layers += 1
    return float(layers)


def normalized(n: int, edges: Iterable[tuple[int, int]]) -> list[list[float]]:
    matrix = [[float(i == j) for j in range(n)] for i in range(n)]
    for i, j in edges:
        matrix[i][j] = matrix[j][i] = 1.0
    degree = [sum(row) for row in matrix]
    return [[matrix[i][j] / math.sqrt(degree[i] * degree[j]) for j in range(n)] for i in range(n)]


def times(matrix: Sequence[Sequence[float]], vector: Sequence[float]) -> list[float]:
    return [math.fsum(a * x for a, x in zip(row, vector, strict=True)) for row in matrix]


def hub_of_a_star(k: int, x: float) -> float:
    return times(normalized(k + 1, [(0, i) for i in range(1, k + 1)]), [4.0] + [x] * k)[0]


def growth_without_degrees(d: int, n: int) -> float:
    """Complete graph of d + 1 nodes: each has d neighbours."""
    nodes = d + 1
    plain = [[1.0] * nodes for _ in range(nodes)]
    scaled = normalized(nodes, itertools.combinations(range(nodes), 2))
    x, y = [1.0] * nodes, [1.0] * nodes
    for _ in range(n):
        x, y = times(plain, x), times(scaled, y)
    return round(x[0] / y[0], 6)


def weight_of_one_neighbour(a: float, b: float) -> float:
    raw = {"v": 1.0, "r": a, "s": b, "q": 3.0}
    heard = [u for u in raw if u in {"v", "r", "s"}]
    return 100 * softmax([max(raw[u], 0.2 * raw[u]) for u in heard])[heard.index("s")]


def what_is_left_in_the_end(a: int, b: int) -> float:
    """Two joined hubs with leaves of their own: apply the matrix until nothing moves."""
    n = a + b
    edges = [(0, 1)] + [(0, i) for i in range(2, a + 1)] + [(1, i) for i in range(a + 1, n)]
    matrix, x = normalized(n, edges), [1.0 + i % 3 for i in range(n)]
    for _ in range(3000):
        x = times(matrix, x)
    return x[0] / x[1]


def matrix_against_edge_list(n: int, k: int) -> float:
    columns = sum(k for _ in range(n))
    return (n * n * 4) / (columns * 2 * 8)


WITNESSES: dict[str, Callable[..., float]] = {
    "transfer-learning/share-of-the-frozen-front": share_of_the_frozen_front,
    "transfer-learning/disk-for-the-maps": disk_for_the_maps,
    "transfer-learning/how-far-weights-travel": how_far_weights_travel,
    "transfer-learning/drift-of-a-running-mean": drift_of_a_running_mean,
    "pretrained-model-hubs/names-in-the-wrong-order": names_in_the_wrong_order,
    "pretrained-model-hubs/section-that-is-seen": section_that_is_seen,
    "pretrained-model-hubs/four-bits-and-a-scale": four_bits_and_a_scale,
    "pretrained-model-hubs/billions-from-a-file-list": billions_from_a_file_list,
    "pretrained-model-hubs/first-loss-of-a-new-head": first_loss_of_a_new_head,
    "self-supervised-learning/loss-of-one-anchor": loss_of_one_anchor,
    "self-supervised-learning/share-of-the-nearest": share_of_the_nearest,
    "self-supervised-learning/temperature-for-a-ratio": temperature_for_a_ratio,
    "self-supervised-learning/batch-that-equals-a-queue": batch_that_equals_a_queue,
    "self-supervised-learning/old-weights-behind-a-key": old_weights_behind_a_key,
    "self-supervised-learning/attention-on-what-is-left": attention_on_what_is_left,
    "few-shot-meta-learning/probability-from-three-cosines": probability_from_three_cosines,
    "few-shot-meta-learning/terms-of-the-meta-loss": terms_of_the_meta_loss,
    "few-shot-meta-learning/query-that-knows-its-prototype": query_that_knows_its_prototype,
    "few-shot-meta-learning/query-between-two-means": query_between_two_means,
    "few-shot-meta-learning/border-after-a-wrong-label": border_after_a_wrong_label,
    "few-shot-meta-learning/gradient-through-the-step": gradient_through_the_step,
    "few-shot-meta-learning/how-much-first-order-overshoots": how_much_first_order_overshoots,
    "few-shot-meta-learning/requests-that-pay-the-tuning": requests_that_pay_the_tuning,
    "few-shot-meta-learning/turn-that-loses-the-examples": turn_that_loses_the_examples,
    "graph-neural-networks/one-update-of-one-node": one_update_of_one_node,
    "graph-neural-networks/weights-for-a-million-nodes": weights_for_a_million_nodes,
    "graph-neural-networks/listeners-on-a-grid": listeners_on_a_grid,
    "graph-neural-networks/layers-round-a-ring": layers_round_a_ring,
    "graph-neural-networks/hub-of-a-star": hub_of_a_star,
    "graph-neural-networks/growth-without-degrees": growth_without_degrees,
    "graph-neural-networks/weight-of-one-neighbour": weight_of_one_neighbour,
    "graph-neural-networks/what-is-left-in-the-end": what_is_left_in_the_end,
    "graph-neural-networks/matrix-against-edge-list": matrix_against_edge_list,
}
