"""Answers of the bank's numeric questions (foundation-models-a) computed again by other routes than the formula of the question."""

import itertools
import math
import random
from collections.abc import Callable
from fractions import Fraction


def examples_paid_each_time(k: int, e: int, c: float, f: int) -> float:
    """Add up both bills in steps of tickets until the tuned model has become the cheaper one."""
    low, high = 0, 10**9
    while high - low > 1:
        n = (low + high) // 2
        prompt = n * (120 + k * e + 200) * Fraction(c) / 10**6
        tuned = f + n * (120 + 200) * Fraction(c) / 10**6
        low, high = (n, high) if prompt < tuned else (low, n)
    return high


def empty_ticket_bias(a: int, b: int, c: int, x: int, y: int, z: int) -> float:
    """Work in logits: subtract the log of the bias, then softmax."""
    logits = [math.log(p) - math.log(q) for p, q in ((x, a), (y, b), (z, c))]
    top = max(logits)
    weights = [math.exp(v - top) for v in logits]
    return 100 * weights[2] / sum(weights)


def layers_in_a_row(n: int, s: int) -> float:
    """Walk the network: depth of each token's prediction, one stack of layers after another."""
    depth = 0
    written = 0
    while True:
        for _ in range(n):
            depth += 1
        written += 1
        if written == s + 1:
            return depth


def copying_at_half(p: float, n: int) -> float:
    """Divide real logits by the temperature, softmax, multiply token by token."""
    z = [math.log(p) / 0.5, math.log(1 - p) / 0.5]
    right = math.exp(z[0]) / (math.exp(z[0]) + math.exp(z[1]))
    whole = 100.0
    for _ in range(n):
        whole *= right
    return whole


def masked_word_by_word(a: int, b: int, c: int, d: int) -> float:
    """Enumerate the tree of tokens with the mask applied at each step."""
    tree = {"no": (a, {"refund": c, "other": 100 - c}), "full": (b, {"refund": d, "other": 100 - d}), "rest": (100 - a - b, {})}
    allowed = {("no", "refund"), ("full", "refund")}
    firsts = {w: Fraction(tree[w][0]) for w in tree if any(path[0] == w for path in allowed)}
    share: dict[tuple[str, str], Fraction] = {}
    for w, p in firsts.items():
        seconds = {u: Fraction(q) for u, q in tree[w][1].items() if (w, u) in allowed}
        for u, q in seconds.items():
            share[w, u] = p / sum(firsts.values()) * q / sum(seconds.values())
    return float(100 * share["no", "refund"])


def one_of_many_wins(k: int, q: int) -> float:
    """Sum the binomial probabilities of one, two, ... passes."""
    p = q / 100
    return 100 * sum(math.comb(k, i) * p**i * (1 - p) ** (k - i) for i in range(1, k + 1))


def days_on_a_cluster(n: int, d: int, g: int) -> float:
    """Forward, gradient of inputs and of weights as separate products, day by day."""
    work = sum(2.0 * n * 1e9 * d * 1e12 for _ in ("forward", "inputs", "weights"))
    a_day = 24 * 60 * 60 * 989e12 * 0.4 * g
    return work / a_day


def utilization_from_a_log(n: int, t: int) -> float:
    """Time that one batch would need at full peak over the time that it took."""
    batch = 1048576
    took = batch / (64 * t)
    ideal = batch * (2 + 4) * n * 1e9 / (64 * 989e12)
    return 100 * ideal / took


def how_much_larger(a: float, u: float, v: float) -> float:
    """Find the two sizes by bisection on the law itself, with an arbitrary A."""

    def size(loss: float) -> float:
        low, high = 0.0, 80.0
        for _ in range(200):
            mid = (low + high) / 2
            low, high = (mid, high) if 1.8 + 5.0 * math.exp(-a * mid) > loss else (low, mid)
        return low

    return math.exp(size(v) - size(u))


def next_row(e: float, d: float, r: float) -> float:
    """Fit the floor by a scan so that log(loss - floor) is a straight line, then extend the line."""
    losses = [e + d, e + d * r, e + d * r * r]
    low, high = 0.0, losses[2] - 1e-9
    for _ in range(200):
        floor = (low + high) / 2
        logs = [math.log(x - floor) for x in losses]
        if logs[0] - 2 * logs[1] + logs[2] > 0:
            low = floor
        else:
            high = floor
    logs = [math.log(x - low) for x in losses]
    return low + math.exp(2 * logs[2] - logs[1])


def spend_a_budget(e: int, q: int) -> float:
    """Bisection on the size until size and tokens use up the budget."""
    low, high = 1e6, 1e15
    for _ in range(200):
        mid = math.sqrt(low * high)
        low, high = (mid, high) if 6 * mid * (q * mid) < 10.0**e else (low, mid)
    return low / 1e9


def another_corpus_another_ratio(a: int, b: int, s: float) -> float:
    """Ternary search of the lowest loss along N·D = C / 6."""
    product = 1e22 / 6

    def loss(log_n: float) -> float:
        return a * math.exp(-s * log_n) + b * math.exp(-s * (math.log(product) - log_n))

    low, high = math.log(1e6), math.log(1e14)
    for _ in range(300):
        x, y = low + (high - low) / 3, high - (high - low) / 3
        low, high = (low, y) if loss(x) < loss(y) else (x, high)
    n = math.exp((low + high) / 2)
    return product / n / n


def until_small_pays(n: int, r: float) -> float:
    """Bisection on the served tokens with the two total bills."""

    def bill(size: float, tokens: float, served: float) -> float:
        return 6 * size * tokens + 2 * size * served

    low, high = 0.0, 1e16
    for _ in range(200):
        t = (low + high) / 2
        big, small = bill(n * 1e9, 20 * n * 1e9, t), bill(n * 5e8, r * 20 * n * 1e9, t)
        low, high = (t, high) if small > big else (low, t)
    return low / 1e9


def points_behind_the_jump(n: int, u: int, v: int) -> float:
    """Bisection on the chance of one token."""

    def token(score: float) -> float:
        low, high = 0.0, 1.0
        for _ in range(100):
            p = (low + high) / 2
            low, high = (p, high) if math.prod([p] * n) < score else (low, p)
        return low

    return 100 * (token(v / 100) - token(u / 100))


def hours_of_a_pipeline(k: int, m: int, c: int) -> float:
    """Push a billion pages through the stages and add up the hours."""
    pages, hours = 10.0**9, 0.0
    for milliseconds, keeps in ((0.1, k), (1.0, m), (float(c), 15)):
        hours += pages * milliseconds / 1000 / 3600
        pages *= keeps / 100
    return hours


def dialect_after_the_filter(q: int, d: int, s: int) -> float:
    """Count whole pages of a crawl of a million."""
    dialect = 10_000 * q
    kept_dialect, kept_rest = dialect * d // 100, (1_000_000 - dialect) * s // 100
    return 100 * kept_dialect / (kept_dialect + kept_rest)


def caught_by_a_band(m: int, r: int, b: int) -> float:
    """Build the two sets, take their Jaccard, and run the bands through a recursion of found and not found."""
    x, y = set(range(200)), set(range(200 - m, 400 - m))
    s = len(x & y) / len(x | y)
    found = 0.0
    for _ in range(b):
        band = 1.0
        for _ in range(r):
            band *= s
        found += (1 - found) * band
    return 100 * found


def compute_for_copies(f: int, c: int) -> float:
    """Build the corpus and count documents seen before."""
    corpus = [text for text in range(100) for _ in range(c if text < f else 1)]
    random.Random(0).shuffle(corpus)
    seen: set[int] = set()
    repeats = 0
    for text in corpus:
        repeats += text in seen
        seen.add(text)
    return 100 * repeats / len(corpus)


def square_root_weights(a: int, b: int, t: int) -> float:
    """Weights, tokens and epochs one after the other."""
    weights = [math.exp(math.log(size) / 2) for size in (a, b)]
    tokens = [t * w / math.fsum(weights) for w in weights]
    return tokens[1] / b


def pages_of_words(n: int, g: int) -> float:
    """Fewest replaced words by dynamic programming over the length of the untouched stretch."""
    best = {0: 0}
    for _ in range(n):
        after: dict[int, int] = {}
        for run, cost in best.items():
            if run + 1 < g:
                after[run + 1] = min(after.get(run + 1, n), cost)
            after[0] = min(after.get(0, n), cost + 1)
        best = after
    return min(best.values())


def special_tokens_of_a_chat(t: int, v: int) -> float:
    """Render the chat and count."""
    turns = [("system", "be brief")]
    for i in range(t):
        turns.append(("user", "word " * (v if i == 1 else 5)))
        if i < t - 1:
            turns.append(("assistant", "four"))
    text = "".join(f"<|im_start|>{role}\n{words}<|im_end|>\n" for role, words in turns) + "<|im_start|>assistant\n"
    return text.count("<|im_start|>") + text.count("<|im_end|>")


def hard_problems_among_the_kept(h: int, k: int) -> float:
    """Sum over the number of right solutions among k for both kinds of problem."""

    def some(p: float) -> float:
        return math.fsum(math.comb(k, i) * p**i * (1 - p) ** (k - i) for i in range(1, k + 1))

    return 100 * some(h / 100) / (some(h / 100) + some(0.8))


def fitted_to_itself(n: int, k: int) -> float:
    """Integrate n times the fitted variance, a chi-square of n - 1 degrees, and draw on with what one fit keeps."""
    step, mass, mean = 0.01, 0.0, 0.0
    for i in range(1, 40_000):
        x = i * step
        density = math.exp(((n - 1) / 2 - 1) * math.log(x) - x / 2)
        mass += density * step
        mean += x * density * step
    variance = 1.0
    for _ in range(k):
        variance = variance * mean / mass / n
    return variance


def two_micro_batches(a: int, b: int, u: float, v: float) -> float:
    """List every token of both rows with its mask and average the ones that count."""
    tokens = [(0.0, False)] * 300 + [(u, True)] * a + [(0.0, False)] * 100 + [(v, True)] * b
    counted = [loss for loss, label in tokens if label]
    return math.fsum(counted) / len(counted)


def adapters_on_all_linears(d: int, kv: int, h: int, m: int, n: int, r: int) -> float:
    """Loop over blocks and matrices and count the entries of A and B."""
    head = d // h
    shapes = [(d, h * head), (d, kv * head), (d, kv * head), (h * head, d), (d, m), (d, m), (m, d)]
    return sum(r * rows + columns * r for _ in range(n) for rows, columns in shapes) / 1e6


def rank_from_a_file(n: int, d: int, r: int) -> float:
    """Try ranks until a file of that many bytes comes out."""
    size = 8 * n * r * d // 2**20
    for rank in itertools.count(1):
        numbers = sum(rank * d + d * rank for _ in range(n) for _ in ("q", "v"))
        if 2 * numbers == size * 2**20:
            return rank
    return math.nan


def first_step_by_hand(a: float, s: int, t: int) -> float:
    """Numeric derivatives of the loss, then one step."""
    x, rate, eps = 2.0, 0.05, 1e-6

    def out(p: float, q: float) -> float:
        return 1.0 * x + s * q * p * x

    def loss(p: float, q: float) -> float:
        return 0.5 * (out(p, q) - t) ** 2

    slope_a = (loss(a + eps, 0.0) - loss(a - eps, 0.0)) / (2 * eps)
    slope_b = (loss(a, eps) - loss(a, -eps)) / (2 * eps)
    return out(a - rate * slope_a, -rate * slope_b)


def customers_on_one_gpu(w: int, c: int, a: int) -> float:
    """Load adapters one by one until the next does not fit."""
    used, customers = (w + c) * 1000, 0
    while used + a <= 80_000:
        used += a
        customers += 1
    return customers


def memory_with_an_adapter(n: int, p: int) -> float:
    """Add up bytes buffer by buffer."""
    frozen = {"weights": 2}
    trained = {"weights": 2, "gradient": 2, "master": 4, "first moment": 4, "second moment": 4}
    return sum(frozen.values()) * n * 1e9 / 1e9 + sum(trained.values()) * p * 1e6 / 1e9


def bits_with_scales(n: int, b: int) -> float:
    """Count the bits of 256 blocks and scale up."""
    weights = 256 * b
    bits = weights * 4 + 256 * 8 + 32
    return n * bits / weights / 8


def best_of_that_rank(r: int, s: int, c: int, u: int) -> float:
    """Best rank-r share by trying every choice of r of the four directions."""
    values = (s, 3, 2, 1)
    left = min(sum(x * x for x in values) - sum(x * x for x in kept) for kept in itertools.combinations(values, r))
    return 100 - 100 * left / sum(x * x for x in values)


WITNESSES: dict[str, Callable[..., float]] = {
    "prompt-engineering/examples-paid-each-time": examples_paid_each_time,
    "prompt-engineering/empty-ticket-bias": empty_ticket_bias,
    "prompt-engineering/layers-in-a-row": layers_in_a_row,
    "prompt-engineering/copying-at-half": copying_at_half,
    "prompt-engineering/masked-word-by-word": masked_word_by_word,
    "prompt-engineering/one-of-many-wins": one_of_many_wins,
    "foundation-model-basics/days-on-a-cluster": days_on_a_cluster,
    "foundation-model-basics/utilization-from-a-log": utilization_from_a_log,
    "foundation-model-basics/how-much-larger": how_much_larger,
    "foundation-model-basics/next-row": next_row,
    "foundation-model-basics/spend-a-budget": spend_a_budget,
    "foundation-model-basics/another-corpus-another-ratio": another_corpus_another_ratio,
    "foundation-model-basics/until-small-pays": until_small_pays,
    "foundation-model-basics/points-behind-the-jump": points_behind_the_jump,
    "llm-data/hours-of-a-pipeline": hours_of_a_pipeline,
    "llm-data/dialect-after-the-filter": dialect_after_the_filter,
    "llm-data/caught-by-a-band": caught_by_a_band,
    "llm-data/compute-for-copies": compute_for_copies,
    "llm-data/square-root-weights": square_root_weights,
    "llm-data/fewest-changed-words": pages_of_words,
    "llm-data/special-tokens-of-a-chat": special_tokens_of_a_chat,
    "llm-data/hard-problems-among-the-kept": hard_problems_among_the_kept,
    "llm-data/fitted-to-itself": fitted_to_itself,
    "parameter-efficient-finetuning/two-micro-batches": two_micro_batches,
    "parameter-efficient-finetuning/adapters-on-all-linears": adapters_on_all_linears,
    "parameter-efficient-finetuning/rank-from-a-file": rank_from_a_file,
    "parameter-efficient-finetuning/first-step-by-hand": first_step_by_hand,
    "parameter-efficient-finetuning/customers-on-one-gpu": customers_on_one_gpu,
    "parameter-efficient-finetuning/memory-with-an-adapter": memory_with_an_adapter,
    "parameter-efficient-finetuning/bits-with-scales": bits_with_scales,
    "parameter-efficient-finetuning/best-of-that-rank": best_of_that_rank,
}
