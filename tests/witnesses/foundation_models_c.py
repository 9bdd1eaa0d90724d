"""Answers of the bank's numeric questions (foundation-models-c) computed again by other routes than the formula of the question."""

import itertools
import math
from collections.abc import Callable
from fractions import Fraction


def pairs_within_the_budget(b: int, t: int) -> float:
    """Run the clock batch by batch until the next one would end too late."""
    clock, pairs = 14 + 6, 0
    while clock + t <= b:
        clock += t
        pairs += 16
    return pairs


def cut_in_two(c: int, o: int, s: int) -> float:
    """Lay out the chunks and try every beginning of one period in the middle."""
    chunks = [(k * (c - o), k * (c - o) + c) for k in range(20)]
    first = chunks[10][0]
    positions = range(first, first + c - o)
    cut = sum(not any(left <= x and x + s <= right for left, right in chunks) for x in positions)
    return 100 * cut / len(positions)


def distances_saved(n: int, g: int, p: int) -> float:
    """Deal out the vectors to the groups and count the comparisons one group after another."""
    total = n * 10**6
    sizes = [0] * g
    for i in range(g):
        sizes[i] = len(range(i, total, g))
    comparisons = 0
    for i in range(g):
        comparisons += 1
        if i < p:
            comparisons += sizes[i]
    return total / comparisons


def after_the_new_reranker(h: int, g: int, r: int) -> float:
    """Begin with the old number of right answers and add what each newly found passage changes."""
    right = Fraction(h * g, 100) + Fraction((200 - h) * 15, 100)
    for _ in range(r - h):
        right += Fraction(g, 100) - Fraction(15, 100)
    return float(100 * right / 200)


def right_when_it_answers(u: int, a: int, m: int) -> float:
    """Sort ten thousand questions by what happens to them."""
    right = wrong = 0
    for i in range(100):
        for j in range(100):
            if i < u:
                wrong += j < m
            elif j < a:
                right += 1
            elif j < a + 10:
                wrong += 1
    return 100 * right / (right + wrong)


def checks_that_miss(n: int, p: int, c: int) -> float:
    """Follow the probability of a clean run from step to step through the tree of each step."""
    clean = Fraction(1)
    for _ in range(n):
        ahead = Fraction(0)
        for good, noticed, again in itertools.product((True, False), repeat=3):
            weight = Fraction(p if good else 100 - p, 100) * Fraction(c if noticed else 100 - c, 100)
            weight *= Fraction(p if again else 100 - p, 100)
            if good or (noticed and again):
                ahead += weight
        clean *= ahead
    return float(100 * clean)


def cached_at_a_tenth(s: int, b: int, a: int) -> float:
    """Send step after step and compare each prompt with the one before."""
    cost, before, prompt = Fraction(0), 0, b
    for _ in range(s):
        cost += (prompt - before) + Fraction(before, 10)
        before, prompt = prompt, prompt + a
    return float(cost)


def agent_for_the_rest(w: int, g: int, h: int) -> float:
    """Pay a thousand cases one by one in cents."""
    alone = pair = 0
    for case in range(1000):
        alone += g
        pair += w
        if case % 100 >= h:
            pair += g
    return (alone - pair) / 100


def same_mean_other_agent(w: int, q: int, k: int) -> float:
    """Enumerate all outcomes of k runs for each of a hundred tasks."""
    solved = Fraction(0)
    for task in range(100):
        p = Fraction(1) if task < w else Fraction(q, 100)
        for runs in itertools.product((True, False), repeat=k):
            weight = Fraction(1)
            for ok in runs:
                weight *= p if ok else 1 - p
            solved += weight if all(runs) else 0
    return float(solved)


def smallest_step_seen(n: int, p: int) -> float:
    """Build the two answer vectors, take their variances, and bisect for the step that is two errors."""
    answers = [1] * (n * p // 100) + [0] * (n - n * p // 100)
    mean = sum(answers) / n
    variance = sum((x - mean) ** 2 for x in answers) / n
    low, high = 0.0, 1.0
    while high - low > 1e-9:
        middle = (low + high) / 2
        low, high = (middle, high) if middle / math.hypot(math.sqrt(variance / n), math.sqrt(variance / n)) < 2 else (low, middle)
    return 100 * low


def z_from_the_disagreements(x: int, a: int, b: int, y: int) -> float:
    """Build the vector of differences and divide its mean by its standard error."""
    d = [0] * x + [1] * a + [-1] * b + [0] * y
    mean = sum(d) / len(d)
    deviation = math.sqrt(sum((v - mean) ** 2 for v in d) / len(d))
    return mean / (deviation / math.sqrt(len(d)))


def both_orders(a: int, f: int, s: int, b: int) -> float:
    """Average A's wins over both orders, verdict by verdict."""
    verdicts = [("A", "A")] * a + [("A", "B")] * f + [("B", "A")] * s + [("B", "B")] * b
    points = 0.0
    for first, second in verdicts:
        points += 1 if first == second == "A" else 0.5 if first != second else 0
    return 100 * points / len(verdicts)


def kappa_of_a_judge(a: int, b: int, c: int, d: int) -> float:
    """Compare every judge's label with every person's label: disagreement seen over disagreement expected."""
    pairs = [(1, 1)] * a + [(1, 0)] * b + [(0, 1)] * c + [(0, 0)] * d
    seen = sum(i != j for i, j in pairs) / len(pairs)
    expected = sum(i != j for (i, _), (_, j) in itertools.product(pairs, pairs)) / len(pairs) ** 2
    return 1 - seen / expected


def bits_for_a_byte(t: int, loss: float, m: float) -> float:
    """From the perplexity of a token to the bits of a token, and along the bytes of a token."""
    perplexity = math.exp(loss)
    bytes_of_a_token = m * 10**6 / (t * 1000)
    return math.log2(perplexity) / bytes_of_a_token


def how_many_to_read(r: int, c: int) -> float:
    """Read on until the chance of having seen none is small enough, in exact fractions."""
    none, n = Fraction(1), 0
    while 1 - none < Fraction(c, 100):
        none *= Fraction(100 - r, 100)
        n += 1
    return n


def masks_in_a_row(n: int, m: int) -> float:
    """Write token by token and count the positions of each pass."""
    text, passed = n, 0
    while text < n + m:
        passed += len([*range(text), "[MASK]"])
        text += 1
    return passed


def passages_that_fit(w: int, t: int) -> float:
    """Add passages as long as the reply still fits."""
    used, passages = 700 + 120 + sum(260 for _ in range(t)), 0
    while used + 350 + 1200 <= w:
        used += 350
        passages += 1
    return passages


def read_off_the_log(p: int, o: int) -> float:
    """Solve for slope, fixed part and time of a token from the two rows, in fractions."""
    slope = (Fraction("1.1") - Fraction("0.5")) / (4000 - 1000)
    fixed = Fraction("0.5") - 1000 * slope
    token = (Fraction("8.6") - Fraction("1.1")) / 300
    assert token == (Fraction("3.0") - Fraction("0.5")) / 100
    return float(fixed + p * slope + o * token)


def name_in_the_rules(x: int, k: int) -> float:
    """Chain the blocks of both prompts and compare them from the front."""
    rules = [f"r{i}" for i in range(x)]
    rest = [f"s{i}" for i in range(2000)]
    one, two = [*rules, "Ada", *rest, "q1"], [*rules, "Bob", *rest, "q2"]
    known = {tuple(one[:end]) for end in range(k, len(one) + 1, k)}
    reused = 0
    for end in range(k, len(two) + 1, k):
        if tuple(two[:end]) in known:
            reused = end
    return reused


def most_that_retrieval_can_bring(a: int, m: int) -> float:
    """Repair the failing cases one kind at a time among 500."""
    failing = Fraction(500 * (100 - a), 100)
    still = failing * Fraction(60 - m, 60)
    return float(100 * (500 - still) / 500)


def two_of_three(f: int, p: int) -> float:
    """Enumerate the eight outcomes of a case, then go through the cases one after another."""
    q = Fraction(p, 100)
    case = Fraction(0)
    for runs in itertools.product((True, False), repeat=3):
        weight = Fraction(1)
        for ok in runs:
            weight *= q if ok else 1 - q
        case += weight if sum(runs) >= 2 else 0
    through = Fraction(1)
    for _ in range(f):
        through *= case
    return float(100 * (1 - through))


WITNESSES: dict[str, Callable[..., float]] = {
    "retrieval-augmented-generation/pairs-within-the-budget": pairs_within_the_budget,
    "retrieval-augmented-generation/cut-in-two": cut_in_two,
    "retrieval-augmented-generation/distances-saved": distances_saved,
    "retrieval-augmented-generation/after-the-new-reranker": after_the_new_reranker,
    "retrieval-augmented-generation/right-when-it-answers": right_when_it_answers,
    "llm-agents/checks-that-miss": checks_that_miss,
    "llm-agents/cached-at-a-tenth": cached_at_a_tenth,
    "llm-agents/agent-for-the-rest": agent_for_the_rest,
    "llm-agents/same-mean-other-agent": same_mean_other_agent,
    "llm-evaluation/smallest-step-seen": smallest_step_seen,
    "llm-evaluation/z-from-the-disagreements": z_from_the_disagreements,
    "llm-evaluation/both-orders": both_orders,
    "llm-evaluation/kappa-of-a-judge": kappa_of_a_judge,
    "llm-evaluation/bits-for-a-byte": bits_for_a_byte,
    "llm-evaluation/how-many-to-read": how_many_to_read,
    "llm-applications/masks-in-a-row": masks_in_a_row,
    "llm-applications/passages-that-fit": passages_that_fit,
    "llm-applications/read-off-the-log": read_off_the_log,
    "llm-applications/name-in-the-rules": name_in_the_rules,
    "llm-applications/most-that-retrieval-can-bring": most_that_retrieval_can_bring,
    "llm-applications/two-of-three": two_of_three,
}
