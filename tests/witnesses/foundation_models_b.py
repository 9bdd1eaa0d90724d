"""Answers of the bank's numeric questions (foundation-models-b) computed again by other routes than the formula of the question."""

import itertools
import math
import statistics
from collections.abc import Callable
from fractions import Fraction


def sigmoid(x: float) -> float:
    """The logistic function."""
    return 1 / (1 + math.exp(-x))


def who_goes_down(eta: float, n: int) -> float:
    """Numeric gradient of the pair loss over n logits, one step, softmax; C is any answer outside the pair."""

    def loss(z: list[float]) -> float:
        return -math.log(sigmoid(z[0] - z[1]))

    step = 1e-5
    z = [0.0] * n
    grad = []
    for i in range(n):
        up, down = z.copy(), z.copy()
        up[i] += step
        down[i] -= step
        grad.append((loss(up) - loss(down)) / (2 * step))
    weights = [math.exp(v - eta * g) for v, g in zip(z, grad, strict=True)]
    return weights[2] / weights[1]


def chain_of_odds(a: float, b: float) -> float:
    """Find both reward differences by bisection, add them, and read off the probability."""

    def difference(target: float) -> float:
        low, high = -20.0, 20.0
        for _ in range(200):
            middle = (low + high) / 2
            low, high = (middle, high) if sigmoid(middle) < target else (low, middle)
        return low

    return 100 * sigmoid(difference(a / 100) + difference(b / 100))


def rare_but_better(p: float, d: float, beta: float) -> float:
    """Maximize reward − β·KL over the probability of the short answer by a ternary search."""
    ref = p / 100

    def objective(q: float) -> float:
        return q * d - beta * (q * math.log(q / ref) + (1 - q) * math.log((1 - q) / (1 - ref)))

    low, high = 1e-12, 1 - 1e-12
    for _ in range(300):
        left, right = low + (high - low) / 3, high - (high - low) / 3
        low, high = (left, high) if objective(left) < objective(right) else (low, right)
    return 100 * low


def hole_found_by_search(h: float, n: int) -> float:
    """Add the chances that the first hit of the hole comes at draw 1, 2, …, n."""
    clean, hit = 1.0, 0.0
    for _ in range(n):
        hit += clean * h / 100
        clean -= clean * h / 100
    return 100 * hit


def loss_of_a_pair(pc: float, pr: float, rc: float, rr: float, beta: float) -> float:
    """Integrate the slope σ(−m) of the loss from the margin up to where the loss is zero."""
    margin = beta * pc - beta * rc - beta * pr + beta * rr
    steps, top = 60_000, 40.0
    width = (top - margin) / steps
    return sum(sigmoid(-(margin + (i + 0.5) * width)) for i in range(steps)) * width


def where_the_mass_went(c: float, a: float, b: float) -> float:
    """Shrink both answers in a million small steps and collect what they lose."""
    steps = 1_000_000
    chosen, rejected, rest = float(c), 50.0, 50.0 - c
    for _ in range(steps):
        lost = chosen * a / steps, rejected * b / steps
        chosen, rejected, rest = chosen - lost[0], rejected - lost[1], rest + sum(lost)
    return rest


def bonus_blown_up(G: int, m: int, b: float) -> float:
    """Write the rewards down and standardize them."""
    rewards = [b] * m + [0.0] * (G - m)
    return (rewards[-1] - statistics.mean(rewards)) / statistics.pstdev(rewards)


def filling_a_batch(p: float, G: int, B: int) -> float:
    """Sum the binomial chances of 1 … G − 1 right answers, then divide the wanted groups by that share."""
    q = Fraction(int(p), 100)
    mixed = sum(math.comb(G, k) * q**k * (1 - q) ** (G - k) for k in range(1, G))
    return float(Fraction(B) / mixed * G)


def coverage_of_two_halves(a: float, b: float, k: int) -> float:
    """Enumerate how many of k attempts are right, for both kinds of problems."""
    total = Fraction(0)
    for rate in (Fraction(int(a), 100), Fraction(int(b), 100)):
        total += sum(math.comb(k, j) * rate**j * (1 - rate) ** (k - j) for j in range(1, k + 1))
    return float(50 * total)


def first_one_accepted(p: float, t: float, f: float) -> float:
    """Follow the draws one after another and add the chances that a right one is the first to be accepted."""
    right, going = 0.0, 1.0
    for _ in range(5000):
        right += going * p / 100 * t / 100
        going *= p / 100 * (1 - t / 100) + (1 - p / 100) * (1 - f / 100)
    return 100 * right


def stop_when_it_passes(p: float, k: int, t: float) -> float:
    """Expectation over the number of attempts made: the first success at attempt j, or k failures."""
    q = 1 - p / 100
    mean = sum(j * q ** (j - 1) * p / 100 for j in range(1, k + 1)) + k * q**k
    return t * mean


def lucky_traces(s: int, o: int) -> float:
    """Make the problems one by one: solved, or each of the options picked once in turn."""
    kept_solved = kept_lucky = 0
    for problem, pick in itertools.product(range(100), range(o)):
        if problem < s:
            kept_solved += 1
        elif pick == 0:
            kept_lucky += 1
    return 100 * kept_lucky / (kept_solved + kept_lucky)


def moved_and_silent(y: int, n: int, s: int, o: int) -> float:
    """Write out the questions as records and filter them."""
    rows = [("other", "hinted", True)] * y + [("other", "hinted", False)] * n
    rows += [("hinted", "hinted", False)] * s + [("other", "other", False)] * o
    changed = [named for before, after, named in rows if before != after]
    return 100 * changed.count(False) / len(changed)


def loss_of_one_row(a: float, b: float, n: int, t: float) -> float:
    """Softmax over the whole row of logits."""
    row = [a / t] + [b / t] * n
    top = max(row)
    weights = [math.exp(v - top) for v in row]
    return -math.log(weights[0] / sum(weights))


def mean_of_two_prompts(s: float, c: float) -> float:
    """Build the three vectors in space and measure the angle."""
    u = (1.0, 0.0, 0.0)
    v = (c, math.sqrt(1 - c * c), 0.0)
    x = s
    y = (s - x * v[0]) / v[1]
    image = (x, y, math.sqrt(1 - x * x - y * y))
    mean = [(i + j) / 2 for i, j in zip(u, v, strict=True)]
    return sum(i * j for i, j in zip(image, mean, strict=True)) / math.hypot(*mean)


def floor_from_twins(N: int, k: int) -> float:
    """Mean cross-entropy of ideal logits: 1000 for each caption equal to the own one, 0 for the others."""
    captions = [0 if i < k else i for i in range(N)]
    total = 0.0
    for i in range(N):
        row = [1000.0 if captions[j] == captions[i] else 0.0 for j in range(N)]
        total += 1000.0 + math.log(sum(math.exp(v - 1000.0) for v in row)) - row[i]
    return total / N


def trained_in_stage_one(v: int, d: int) -> float:
    """Add up the sizes of the tensors."""
    shapes = [(d, v), (d,), (d, d), (d,)]
    return sum(math.prod(shape) for shape in shapes) / 1e6


def pages_in_the_window(w: int, h: int, r: int) -> float:
    """Lay squares of 28 pixels on a page, then add pages while they fit."""
    tokens = sum(1 for _ in itertools.product(range(0, w, 28), range(0, h, 28)))
    used, pages = r, 0
    while used + tokens <= 32768:
        used += tokens
        pages += 1
    return pages


def right_thanks_to_the_picture(a: int, b: int, c: int, d: int) -> float:
    """Write out the questions and filter them."""
    rows = [(True, True)] * a + [(True, False)] * b + [(False, True)] * c + [(False, False)] * d
    seen = [grey for own, grey in rows if own]
    return 100 * seen.count(False) / len(seen)


def experts_at_work(L: int, k: int, s: int) -> float:
    """Walk through layers, experts and matrices."""
    total = 0
    for _ in range(L):
        for _ in range(k + s):
            for rows, columns in ((1408, 2048), (1408, 2048), (2048, 1408)):
                total += rows * columns
    return total / 1e9


def experts_touched_by_a_batch(E: int, k: int, B: int) -> float:
    """Distribution of the number of distinct experts, token after token."""
    chances = {0: Fraction(1)}
    for _ in range(B):
        after: dict[int, Fraction] = {}
        for touched, chance in chances.items():
            for new in range(k + 1):
                ways = math.comb(E - touched, new) * math.comb(touched, k - new)
                if ways:
                    after[touched + new] = after.get(touched + new, Fraction(0)) + chance * Fraction(ways, math.comb(E, k))
        chances = after
    return float(sum(touched * chance for touched, chance in chances.items()))


def two_of_four_blended(c: float, u: float, d: float, v: float, eu: float, ev: float) -> float:
    """Sort the experts by logit, take two, softmax."""
    best = sorted([(c, -9.0), (u, eu), (d, 12.0), (v, ev)], reverse=True)[:2]
    weight = sigmoid(best[0][0] - best[1][0])
    return weight * best[0][1] + (1 - weight) * best[1][1]


def price_of_the_load(f1: float, f2: float, f3: float, f4: float, p1: float, p2: float, p3: float, p4: float) -> float:
    """Mean over 1,000 tokens of the probability of the expert that each token is sent to, relative to an even share."""
    means = (p1, p2, p3, p4)
    tokens = [i for i, share in enumerate((f1, f2, f3, f4)) for _ in range(round(1000 * share))]
    return statistics.mean(means[i] for i in tokens) / 0.25


def bias_only_chooses(s1: float, s2: float, s3: float, s4: float, b1: float, b2: float, b3: float, b4: float) -> float:
    """Rank by score plus bias, keep two, weight by bare scores; 0 if expert 4 is not among them."""
    scores, biases = (s1, s2, s3, s4), (b1, b2, b3, b4)
    chosen = sorted(range(4), key=lambda i: scores[i] + biases[i])[2:]
    return 100 * scores[3] / sum(scores[i] for i in chosen) if 3 in chosen else 0.0


def beyond_the_capacity(l1: int, l2: int, l3: int, l4: int, c: float) -> float:
    """Hand out the places token by token."""
    free = [int(c * 64 / 4)] * 4
    dropped = 0
    for expert, load in enumerate((l1, l2, l3, l4)):
        for _ in range(load):
            if free[expert]:
                free[expert] -= 1
            else:
                dropped += 1
    return dropped


def from_one_impulse(c: float, a: float, p: float, r: float) -> float:
    """Run the recurrence."""
    state = 0.0
    for x in (p, 0.0, r):
        state = a * state + x
    return c * state


def halves_joined(a: float, b: float, c: float, h: float) -> float:
    """Split each half into two steps that have this summary, and run the four steps."""
    root, later = math.sqrt(a), math.sqrt(c)
    steps = [(root, b / (1 + root)), (root, b / (1 + root)), (later, 4 / (1 + later)), (later, 4 / (1 + later))]
    for factor, added in steps:
        h = factor * h + added
    return h


def cache_as_large_as_state(L: int, kv: int, n: int) -> float:
    """Count the bytes of both memories layer by layer."""
    state = sum(8192 * n * 2 for _ in range(64))
    token = sum(128 * 2 for _ in itertools.product(range(L), range(kv), ("key", "value")))
    return float(Fraction(state, token))


def random_tokens_in_a_state(d: int, bits: int) -> float:
    """Largest n for which the sequences do not outnumber the states, by bisection on whole numbers."""
    states = 1 << (16 * d)
    low, high = 0, 16 * d
    while high - low > 1:
        n = (low + high) // 2
        low, high = (n, high) if (1 << bits) ** n <= states else (low, n)
    return low


def what_the_division_adds(a: int) -> float:
    """Reward two groups of eight, and divide by their deviations or not."""
    plain, divided = [], []
    for right in (a, 4):
        rewards = [1] * right + [0] * (8 - right)
        plain.append(1 - statistics.mean(rewards))
        divided.append(plain[-1] / statistics.pstdev(rewards))
    return divided[0] / divided[1] / (plain[0] / plain[1])


WITNESSES: dict[str, Callable[..., float]] = {
    "preference-alignment/who-goes-down": who_goes_down,
    "preference-alignment/chain-of-odds": chain_of_odds,
    "preference-alignment/rare-but-better": rare_but_better,
    "preference-alignment/hole-found-by-search": hole_found_by_search,
    "preference-alignment/loss-of-a-pair": loss_of_a_pair,
    "preference-alignment/where-the-mass-went": where_the_mass_went,
    "reasoning-models/bonus-blown-up": bonus_blown_up,
    "reasoning-models/what-the-division-adds": what_the_division_adds,
    "reasoning-models/filling-a-batch": filling_a_batch,
    "reasoning-models/coverage-of-two-halves": coverage_of_two_halves,
    "reasoning-models/first-one-accepted": first_one_accepted,
    "reasoning-models/stop-when-it-passes": stop_when_it_passes,
    "reasoning-models/lucky-traces": lucky_traces,
    "reasoning-models/moved-and-silent": moved_and_silent,
    "multimodal-models/loss-of-one-row": loss_of_one_row,
    "multimodal-models/mean-of-two-prompts": mean_of_two_prompts,
    "multimodal-models/floor-from-twins": floor_from_twins,
    "multimodal-models/trained-in-stage-one": trained_in_stage_one,
    "multimodal-models/pages-in-the-window": pages_in_the_window,
    "multimodal-models/right-thanks-to-the-picture": right_thanks_to_the_picture,
    "moe-state-space/experts-at-work": experts_at_work,
    "moe-state-space/experts-touched-by-a-batch": experts_touched_by_a_batch,
    "moe-state-space/two-of-four-blended": two_of_four_blended,
    "moe-state-space/price-of-the-load": price_of_the_load,
    "moe-state-space/bias-only-chooses": bias_only_chooses,
    "moe-state-space/beyond-the-capacity": beyond_the_capacity,
    "moe-state-space/from-one-impulse": from_one_impulse,
    "moe-state-space/halves-joined": halves_joined,
    "moe-state-space/cache-as-large-as-state": cache_as_large_as_state,
    "moe-state-space/random-tokens-in-a-state": random_tokens_in_a_state,
}
