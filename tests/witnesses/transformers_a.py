"""Independent witnesses for the numeric questions on attention, self-attention, tokenization and the Transformer."""

import cmath
import itertools
import math
import statistics
from collections import Counter
from collections.abc import Callable, Sequence


def softmax(scores: Sequence[float]) -> list[float]:
    top = max(scores)
    shares = [math.exp(s - top) for s in scores]
    return [s / sum(shares) for s in shares]


def attend(scores: Sequence[float], values: Sequence[float]) -> float:
    return sum(w * v for w, v in zip(softmax(scores), values, strict=True))


def what_one_vector_carries(d: int) -> float:
    vectors, length = 4**d, 0
    while 32 ** (length + 1) <= vectors:
        length += 1
    return length


def query_made_longer(r: int, m: int) -> float:
    query, keys = (math.log(r), 0.7), ((1.0, 0.0), (0.0, 0.0))
    return softmax([m * (query[0] * a + query[1] * b) for a, b in keys])[0]


def lead_behind_an_output(o: float) -> float:
    low, high = -20.0, 20.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if attend((middle, 0.0), (10.0, 2.0)) < o else (low, middle)
    return low


def listed_more_than_once(b: float, k: int) -> float:
    rows = [(0.5, 6.0)] + [(0.3, b)] * k + [(0.2, 10.0)]
    return attend([math.log(w) for w, _ in rows], [v for _, v in rows])


def pull_on_one_score(v: float) -> float:
    scores, values, h = [math.log(w) for w in (0.7, 0.2, 0.1)], (2.0, v, 4.0), 1e-5
    up, down = ([scores[0], scores[1] + s, scores[2]] for s in (h, -h))
    return (attend(up, values) - attend(down, values)) / (2 * h)


def share_of_the_padding(m: int) -> float:
    return 100 * sum(softmax([2.0, 1.0, 0.0] + [0.0] * m)[3:])


def first_word_in_the_last_state(a: float, b: float, c: float) -> float:
    state, context = 1.0, 0.0
    for step, weight in enumerate((a, b, c)):
        state = state if step == 0 else 0.5 * 0.0 + 0.5 * state
        context += weight * state
    return context


def layers_until_they_meet(n: int, w: int) -> float:
    reached, layers = 1, 0
    while reached < n:
        reached, layers = max(p for p in range(reached, n + 1) if p - reached <= w), layers + 1
    return layers


def root_of_the_wrong_width(d: int, h: int) -> float:
    sums = {0: 1}
    for _ in range(d // h):
        following: Counter[int] = Counter()
        for total, ways in sums.items():
            following[total + 1] += ways
            following[total - 1] += ways
        sums = dict(following)
    everything = sum(sums.values())
    return math.sqrt(sum(t * t * (ways / everything) for t, ways in sums.items()) / d)


def heads_cut_off(d: int, r: int) -> float:
    owner = [feature // (d // 8) for feature in range(d)]
    kept = sum(1 for head in owner if head >= r)
    return sum(d for _ in range(3) for _ in range(kept)) + sum(d for _ in range(kept))


def attention_that_piles_up(n: int, k: int) -> float:
    rows = [softmax([0.0 if j <= i else -math.inf for j in range(n)]) for i in range(n)]
    return sum(row[k - 1] for row in rows)


def size_of_the_table(batch: int, h: int, n: int) -> float:
    size = 2
    for sides in (n, n, h, batch):
        size = sum(size for _ in range(sides))
    return size / 2**30


def corpus_after_two_merges(a: int, b: int, c: int) -> float:
    words = {tuple("banana"): a, tuple("bandana"): b, tuple("ban"): c}
    for _ in range(2):
        found: Counter[tuple[str, str]] = Counter()
        for word, count in words.items():
            for pair in itertools.pairwise(word):
                found[pair] += count
        (best, most), (_, second) = found.most_common(2)
        assert most > second
        merged: dict[tuple[str, ...], int] = {}
        for word, count in words.items():
            out: list[str] = []
            i = 0
            while i < len(word):
                step = 2 if word[i : i + 2] == best else 1
                out.append("".join(word[i : i + step]))
                i += step
            merged[tuple(out)] = count
        words = merged
    return sum(len(word) * count for word, count in words.items())


def base_tokens_of_a_message(a: int, g: int, h: int, e: int) -> float:
    return len(("x" * a + "λ" * g + "न" * h + "\N{SLIGHTLY SMILING FACE}" * e).encode())


def price_of_more_rows(v: int, d: int) -> float:
    return sum(2 * d for _ in range(32000, v)) / 1e6


def shorter_and_squared(p: float, q: float) -> float:
    characters = 1e6
    before, after = characters / p, characters / q
    return 100 * (after * after) / (before * before)


def stream_that_swells(n: int, v: float) -> float:
    variance = 1.0
    for _block in range(n):
        for _sublayer in ("attention", "mlp"):
            variance += v
    return math.sqrt(variance)


def what_is_left_of_the_input(n: int) -> float:
    parts = [1.0]
    for _ in range(2 * n):
        parts.append(1.0)
        size = math.hypot(*parts)
        parts = [p / size for p in parts]
    return parts[0]


def one_entry_normalized(a: float, b: float, c: float, d: float) -> float:
    token = (a, b, c, d)
    return (d - statistics.fmean(token)) / statistics.pstdev(token)


def turned_by_thirty_degrees(m: int, n: int, a: float) -> float:
    query, key = 2 * cmath.exp(1j * math.radians(30 * m)), cmath.exp(1j * math.radians(30 * n))
    return query.real * key.real + query.imag * key.imag


def guess_without_places(n: int, c: int) -> float:
    first: dict[int, Counter[int]] = {}
    for bits in itertools.product((0, 1), repeat=n):
        first.setdefault(sum(bits), Counter())[bits[0]] += 1
    return 100 * sum(max(count.values()) for count in first.values()) / 2.0**n


def predictions_in_one_pass(a: int, b: int, c: int) -> float:
    longest = max(a, b, c)
    rows = [[1] * n + [0] * (longest - n) for n in (a, b, c)]
    return sum(sum(row[1:]) for row in rows)


def size_from_a_config(n: int, d: int) -> float:
    shapes = [(50257, d), (1024, d)]
    for _ in range(n):
        shapes += [(d, 3 * d), (d, d), (d, 4 * d), (4 * d, d)]
    return sum(math.prod(shape) for shape in shapes) / 1e6


def three_matrices_in_the_mlp(d: int) -> float:
    old = d * 4 * d + 4 * d * d
    return min(range(1, 8 * d), key=lambda m: abs(d * m + d * m + m * d - old))


WITNESSES: dict[str, Callable[..., float]] = {
    "attention/what-one-vector-carries": what_one_vector_carries,
    "attention/query-made-longer": query_made_longer,
    "attention/lead-behind-an-output": lead_behind_an_output,
    "attention/listed-more-than-once": listed_more_than_once,
    "attention/pull-on-one-score": pull_on_one_score,
    "attention/share-of-the-padding": share_of_the_padding,
    "attention/first-word-in-the-last-state": first_word_in_the_last_state,
    "self-attention/layers-until-they-meet": layers_until_they_meet,
    "self-attention/root-of-the-wrong-width": root_of_the_wrong_width,
    "self-attention/heads-cut-off": heads_cut_off,
    "self-attention/attention-that-piles-up": attention_that_piles_up,
    "self-attention/size-of-the-table": size_of_the_table,
    "tokenization/corpus-after-two-merges": corpus_after_two_merges,
    "tokenization/base-tokens-of-a-message": base_tokens_of_a_message,
    "tokenization/price-of-more-rows": price_of_more_rows,
    "tokenization/shorter-and-squared": shorter_and_squared,
    "transformer-architecture/stream-that-swells": stream_that_swells,
    "transformer-architecture/what-is-left-of-the-input": what_is_left_of_the_input,
    "transformer-architecture/one-entry-normalized": one_entry_normalized,
    "transformer-architecture/turned-by-thirty-degrees": turned_by_thirty_degrees,
    "transformer-architecture/guess-without-places": guess_without_places,
    "transformer-architecture/predictions-in-one-pass": predictions_in_one_pass,
    "transformer-architecture/size-from-a-config": size_from_a_config,
    "transformer-architecture/three-matrices-in-the-mlp": three_matrices_in_the_mlp,
}
