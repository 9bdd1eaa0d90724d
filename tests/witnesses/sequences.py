"""Independent witnesses for the numeric questions on recurrent networks, embeddings, text classification and generation."""

import itertools
import math
import random
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def slope(f: Callable[[float], float], x: float, h: float = 1e-6) -> float:
    return (f(x + h) - f(x - h)) / (2 * h)


def root(f: Callable[[float], float], low: float, high: float) -> float:
    """The zero of a function that grows from below 0 at `low` to above 0 at `high`."""
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if f(middle) < 0 else (low, middle)
    return low


def count(shapes: Iterable[Sequence[int]]) -> float:
    return float(sum(math.prod(shape) for shape in shapes))


def recurrent_shapes(inputs: int, units: int, layers: int, blocks: int, directions: int) -> list[tuple[int, ...]]:
    shapes: list[tuple[int, ...]] = []
    width = inputs
    for _ in range(layers):
        for _ in range(directions):
            rows = blocks * units
            shapes += [(rows, width), (rows, units), (rows,), (rows,)]
        width = directions * units
    return shapes


def parameters_of_two_layers(n: int, h: int, t: int) -> float:
    return count(recurrent_shapes(n, h, 2, 1, 1))


def both_ways_two_layers(n: int, h: int) -> float:
    return count(recurrent_shapes(n, h, 2, 4, 2))


def two_losses_one_weight(w: float, s: float, x: float) -> float:
    def loss(v: float) -> float:
        state, total = s, 0.0
        for _ in range(2):
            state = v * state + x
            total += state
        return total

    return slope(loss, w)


def norm_further_back(r: float, k: int) -> float:
    one_step = math.exp(math.log(r) / 10)
    norm = 1.0
    for _ in range(k):
        norm *= one_step
    return norm


def recurrent_weight_above_one(w: float, h: float, t: int) -> float:
    x = math.atanh(h) - w * h

    def run(start: float) -> float:
        state = start
        for _ in range(t):
            state = math.tanh(w * state + x)
        return state

    return slope(run, h)


def clip_two_tensors(a: float, b: float, c: float, m: float) -> float:
    factor = root(lambda f: math.hypot(f * a, f * b, f * c) - m, 0.0, 1.0)
    return factor * a


def share_that_gets_credit(k: int, d: int) -> float:
    steps = range(100 * k)
    return 100 * sum(t // k == (t - d) // k for t in steps) / len(steps)


def against_the_better_naive(m: float, a: float, b: float, c: float) -> float:
    series = [10.0, 20.0, 30.0, a, b, c]
    errors = [sum(abs(series[t] - series[t - lag]) for t in (3, 4, 5)) / 3 for lag in (1, 3)]
    return m / min(errors)


def two_steps_of_a_cell(f: float, c: float, i: float) -> float:
    forget, write = [f, 0.9], [0.5 * -0.6, i * 0.8]
    parts = [c * math.prod(forget)] + [write[t] * math.prod(forget[t + 1 :]) for t in range(2)]
    return math.fsum(parts)


def steps_until_little_is_left(f: float, p: float) -> float:
    left, steps = 1.0, 0
    while left >= p / 100:
        left, steps = left * f, steps + 1
    return steps


def memory_with_one_leak(n: int, g: float) -> float:
    gates = [0.99] * n + [g]
    random.Random(0).shuffle(gates)

    def run(start: float) -> float:
        cell = start
        for gate in gates:
            cell = gate * cell + (1 - gate) * 0.3
        return cell

    return slope(run, 1.0, 1e-3)


def least_whole_bias(t: int, p: float) -> float:
    bias = -10
    while math.prod([sigmoid(bias)] * t) < p / 100:
        bias += 1
    return bias


def gate_between_two_states(a: float, n: float, c: float) -> float:
    sign = 1.0 if a > n else -1.0
    return root(lambda z: sign * (z * a + (1 - z) * n - c), 0.0, 1.0)


def rounds_of_a_scan(t: int) -> float:
    covered, rounds = [1] * t, 0
    while covered[-1] < t:
        covered = [w + (covered[i - w] if i >= w else 0) for i, w in enumerate(covered)]
        rounds += 1
    return rounds


def rows_that_move(v: int, d: int) -> float:
    batch, padding = [[5, 9, 5, 0], [9, 2, 2, 0]], 0
    touched = {(word, j) for row in batch for word in row if word != padding for j in range(d)}
    return len(touched)


def pair_with_its_negatives(s: float, m: float, k: int) -> float:
    return -math.log(math.prod([sigmoid(s)] + [1 - sigmoid(m)] * k))


def how_often_the_common_is_drawn(r: int) -> float:
    return math.sqrt(r) * math.sqrt(math.sqrt(r))


def a_pair_against_chance(a: int, b: int, c: int) -> float:
    pairs = ["both"] * c + ["word"] * (a - c) + ["neighbour"] * (b - c)
    pairs += ["none"] * (1000 - len(pairs))
    word = Fraction(sum(p in ("both", "word") for p in pairs), 1000)
    neighbour = Fraction(sum(p in ("both", "neighbour") for p in pairs), 1000)
    both = Fraction(pairs.count("both"), 1000)
    return max(0.0, math.log(both) - math.log(word) - math.log(neighbour))


def scores_from_two_counts(a: int, b: int) -> float:
    bias_word, bias_context = 0.37, -1.2
    return (math.log(a) - bias_word - bias_context) - (math.log(b) - bias_word - bias_context)


def cosine_from_a_distance(d: float) -> float:
    angle = root(lambda x: math.dist((1.0, 0.0), (math.cos(x), math.sin(x))) - d, 0.0, math.pi)
    return math.cos(angle)


def word_of_two_senses(p: int) -> float:
    occurrences = [(1.0, 0.0)] * p + [(0.0, 1.0)] * (100 - p)
    x, y = (sum(v[i] for v in occurrences) / 100 for i in (0, 1))
    return math.cos(math.pi / 2 - math.atan2(y, x))


def pieces_in_common() -> float:
    one, two = ({w[i : i + 3] for i in range(len(w) - 2)} for w in ("<playing>", "<replayed>"))
    return len(one & two)


def weight_before_scaling(c: int, n: int, df: int) -> float:
    texts = [{"refund"} if i < df else {"other"} for i in range(n)] + [{"refund", "other"}]
    ratio = Fraction(len(texts), sum("refund" in t for t in texts))
    return sum(1 - math.log(1 / ratio) for _ in range(c))


def mean_without_the_padding(p: int, n: int, m: float) -> float:
    return root(lambda state: sum([state] * n + [0.0] * (p - n)) / p - m, 0.0, 100.0)


def siblings_across_the_split(k: int, q: int) -> float:
    test = Fraction(q, 100)
    seen = Fraction(0)
    for siblings in itertools.product((True, False), repeat=k - 1):
        if not all(siblings):
            seen += math.prod((test if s else 1 - test for s in siblings), start=Fraction(1))
    return 100 * float(seen)


def how_many_to_label(p: int, e: int) -> float:
    n, share = 1, p / 100
    variance = (1 - share) ** 2 * share + share**2 * (1 - share)
    while 1.96 * math.sqrt(variance / n) > e / 100:
        n += 1
    return n


def probability_of_a_short_text(p: float, q: float) -> float:
    following = {"^": {"a": 0.5, "b": 0.5}, "a": {"a": 0.9 - p, "b": p, "$": 0.1}, "b": {"a": q, "b": 0.1, "$": 0.9 - q}}
    loss = sum(-math.log(following[x][y]) for x, y in itertools.pairwise("^abab$"))
    return math.exp(-loss)


def bits_per_character(loss: float, c: int) -> float:
    tokens = 1000
    probability_log2 = math.log2(math.exp(-loss)) * tokens
    return -probability_log2 / (tokens * c)


def ratio_at_a_temperature(r: float, h: int) -> float:
    logits = [math.log(r), 0.0, -1.0]
    shares = [math.exp(x / (h / 2)) for x in logits]
    return shares[0] / sum(shares) / (shares[1] / sum(shares))


def first_symbol_after_the_cut(p: float, s: float, d: float) -> float:
    kept: list[Fraction] = []
    for share in (Fraction(40, 100), Fraction(30, 100), Fraction(15, 100), Fraction(10, 100), Fraction(5, 100)):
        if sum(kept) < Fraction(round(100 * p), 100):
            kept.append(share)
    return float(kept[0] / sum(kept))


def one_slip_in_a_text(q: float, n: int) -> float:
    clean, slipped = 1.0, 0.0
    for _ in range(n):
        clean, slipped = clean * (1 - q / 100), slipped + clean * q / 100
    return 100 * slipped


def longest_borrowed_piece() -> float:
    text, sample = "the rain in spain stays mainly in the plain", "the train stays mainly in spain"
    cuts = itertools.combinations(range(len(sample) + 1), 2)
    return max(j - i for i, j in cuts if sample[i:j] in text)


def one_bar_back(bpm: int, rate: int) -> float:
    beat = Fraction(60, bpm)
    return float(sum(beat * rate for _ in range(4)))


def finest_common_grid(a: int, b: int, g: int) -> float:
    starts = {Fraction(beat * n + i, n) for n in (a, b) for beat in range(4) for i in range(n)}
    steps = 4
    while any((s * steps / 4).denominator > 1 for s in starts):
        steps += 1
    return steps


def padding_among_the_targets(a: int, b: int, c: int) -> float:
    rows = [["word"] * n + ["end"] for n in (a, b, c)]
    longest = max(map(len, rows))
    targets = [t for row in rows for t in row + ["pad"] * (longest - len(row))]
    return 100 * targets.count("pad") / len(targets)


def whole_strings_right(q: int, n: int) -> float:
    exactly = [math.comb(n, k) * Fraction(q, 100) ** k * Fraction(100 - q, 100) ** (n - k) for k in range(n)]
    return 100 * float(1 - sum(exactly))


def lag_after_reversal(n: int, i: int) -> float:
    fed, written = list(range(n, 0, -1)), list(range(1, n + 1))
    return (n + 1 + written.index(i)) - (1 + fed.index(i))


def break_even_per_word(p: float, a: int, b: int) -> float:
    return root(lambda x: b * math.log(x) - a * math.log(p), 1e-9, 1.0)


def state_for_every_layer(c: int, k: int, h: int) -> float:
    shapes = [shape for _ in range(k) for _ in ("h", "c") for shape in ((h, c), (h,))]
    return count(shapes)


def what_is_left_to_train(v: int, h: int) -> float:
    fresh = [(h, 512), (h,), *recurrent_shapes(300, h, 1, 3, 1), (v, h), (v,)]
    return count(fresh)


def factor_by_the_right_image(a: float, n: int) -> float:
    right, wrong = (math.prod([math.exp(-loss)] * n) for loss in (a, 2.5))
    return right / wrong


WITNESSES: dict[str, Callable[..., float]] = {
    "recurrent-networks/parameters-of-two-layers": parameters_of_two_layers,
    "recurrent-networks/two-losses-one-weight": two_losses_one_weight,
    "recurrent-networks/norm-further-back": norm_further_back,
    "recurrent-networks/recurrent-weight-above-one": recurrent_weight_above_one,
    "recurrent-networks/clip-two-tensors": clip_two_tensors,
    "recurrent-networks/share-that-gets-credit": share_that_gets_credit,
    "recurrent-networks/against-the-better-naive": against_the_better_naive,
    "lstm-gru/two-steps-of-a-cell": two_steps_of_a_cell,
    "lstm-gru/steps-until-little-is-left": steps_until_little_is_left,
    "lstm-gru/memory-with-one-leak": memory_with_one_leak,
    "lstm-gru/least-whole-bias": least_whole_bias,
    "lstm-gru/gate-between-two-states": gate_between_two_states,
    "lstm-gru/both-ways-two-layers": both_ways_two_layers,
    "lstm-gru/rounds-of-a-scan": rounds_of_a_scan,
    "word-embeddings/rows-that-move": rows_that_move,
    "word-embeddings/pair-with-its-negatives": pair_with_its_negatives,
    "word-embeddings/how-often-the-common-is-drawn": how_often_the_common_is_drawn,
    "word-embeddings/a-pair-against-chance": a_pair_against_chance,
    "word-embeddings/scores-from-two-counts": scores_from_two_counts,
    "word-embeddings/cosine-from-a-distance": cosine_from_a_distance,
    "word-embeddings/word-of-two-senses": word_of_two_senses,
    "word-embeddings/pieces-in-common": pieces_in_common,
    "text-classification/weight-before-scaling": weight_before_scaling,
    "text-classification/mean-without-the-padding": mean_without_the_padding,
    "text-classification/siblings-across-the-split": siblings_across_the_split,
    "text-classification/how-many-to-label": how_many_to_label,
    "sequence-generation/probability-of-a-short-text": probability_of_a_short_text,
    "sequence-generation/bits-per-character": bits_per_character,
    "sequence-generation/ratio-at-a-temperature": ratio_at_a_temperature,
    "sequence-generation/first-symbol-after-the-cut": first_symbol_after_the_cut,
    "sequence-generation/one-slip-in-a-text": one_slip_in_a_text,
    "sequence-generation/longest-borrowed-piece": longest_borrowed_piece,
    "sequence-generation/one-bar-back": one_bar_back,
    "sequence-generation/finest-common-grid": finest_common_grid,
    "encoder-decoder/padding-among-the-targets": padding_among_the_targets,
    "encoder-decoder/whole-strings-right": whole_strings_right,
    "encoder-decoder/lag-after-reversal": lag_after_reversal,
    "encoder-decoder/break-even-per-word": break_even_per_word,
    "encoder-decoder/state-for-every-layer": state_for_every_layer,
    "encoder-decoder/what-is-left-to-train": what_is_left_to_train,
    "encoder-decoder/factor-by-the-right-image": factor_by_the_right_image,
}
