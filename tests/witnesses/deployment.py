"""Answers of the deployment bank by other routes: event simulations, brute-force counts, bisections and sums instead of formulas."""

import heapq
import itertools
import math
from collections.abc import Callable


def buffers_travel_too(c: float, n: float) -> float:
    """Add up the bytes of a list of (shape, item size)."""
    tensors: list[tuple[tuple[int, ...], int]] = [((int(c), 3, 3, 3), 4), ((int(c),), 4)]
    tensors += [((int(c),), 4)] * 4 + [((), 8), ((int(n), int(c)), 4), ((int(n),), 4)]
    return float(sum(math.prod(shape) * size for shape, size in tensors))


def loop_unrolled_by_the_trace(e: float, v: float, k: float, t: float) -> float:
    """Record the halvings of the example, replay them; check the untraced value on the way."""
    record: list[float] = []
    x = e
    while x > 1:
        record.append(0.5)
        x /= 2
    assert len(record) == k
    y = v
    while y > 1:
        y /= 2
    assert abs(y - t) < 1e-9
    return v * math.prod(record)


def allowed_difference(b: float, r: float) -> float:
    """Bisect the largest difference that the test lets pass."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if abs((b + middle) - b) <= 5e-4 + r * 1e-3 * abs(b):
            low = middle
        else:
            high = middle
    return low * 1000


def cold_starts_in_the_mean(f: float, load: float, c: float) -> float:
    """Average a thousand requests."""
    return sum(f + (load * 1000 if i < c else 0) for i in range(1000)) / 1000


def health_behind_sleepers(n: float, s: float, k: float) -> float:
    """Run a queue of tasks on one thread."""
    clock = 0.0
    for _task in range(int(n)):
        for _part in range(int(k)):
            clock += s
    return clock


def waves_through_the_pool(n: float, s: float) -> float:
    """Hand requests to forty threads, each to the one that is free first."""
    threads = [0.0] * 40
    last = 0.0
    for _ in range(int(n)):
        end = heapq.heappop(threads) + s
        heapq.heappush(threads, end)
        last = max(last, end)
    return last


def workers_that_fit(ram: float, m: float, cores: float) -> float:
    """Start workers until one doesn't fit."""
    workers = 0
    while 2 + (workers + 1) * (m + 0.6) <= ram and (workers + 1) * 2 <= cores:
        workers += 1
    return float(workers)


def a_chat_over_copies(k: float, n: float) -> float:
    """Deal the messages in turn."""
    seen: list[list[int]] = [[] for _ in range(int(k))]
    known = 0
    for message in range(1, int(n) + 1):
        copy = seen[message % int(k)]
        known = len(copy)
        copy.append(message)
    return float(known)


def reruns_of_the_page(u: float, i: float) -> float:
    """Count runs of the script, event by event."""
    loads = 0
    for _user in range(int(u)):
        for _event in ["open", *["move"] * int(i)]:
            loads += 1
    return float(loads)


def smallest_batch_for_the_rate(f: float, r: float) -> float:
    """Try one batch size after another."""
    return float(next(b for b in itertools.count(1) if b / (f + 0.5 * b) * 1000 >= r - 1e-9))


def ceiling_from_two_timings(a: float, b: float) -> float:
    """Fit the line, then take a very large batch."""
    per = (b - a) / (16 - 4)
    fixed = a - 4 * per
    size = 10**7
    return size / (fixed + per * size) * 1000


def ten_percent_more_traffic(rho: float, g: float, w: float) -> float:
    """Sum the geometric series instead of its closed form."""

    def queue(x: float) -> float:
        return sum(x**i for i in range(1, 2000))

    return w * queue(rho / 100 * (1 + g / 100)) / queue(rho / 100)


def page_with_slow_calls(k: float, q: float) -> float:
    """Build the binomial distribution call by call."""
    slow = [1.0]
    for _ in range(int(k)):
        old = slow
        slow = [0.0] * (len(old) + 1)
        for i, p in enumerate(old):
            slow[i] += p * (1 - q / 100)
            slow[i + 1] += p * q / 100
    return 100 * sum(slow[1:])


def median_page_is_a_tail_call(k: float) -> float:
    """Bisect for the percentile at which half of the pages are done."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if middle**k < 0.5 else (low, middle)
    return 100 * low


def clients_that_think(n: float, x: float, z: float) -> float:
    """Bisect for the latency with which n clients make x rounds a second."""
    low, high = 0.0, 10000.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(1000 / (middle + z) for _ in range(int(n))) > x else (low, middle)
    return low


def a_week_of_rebuilds(n: float, w: float) -> float:
    """Build for each commit, with a cache that holds up to the changed step."""
    steps = [("requirements", 0), ("install", 150), ("weights", 20), ("src", 1), ("compile", 4)]
    names = [name for name, _ in steps]
    total = 0
    for commit in ["src"] * int(n) + ["weights"] * int(w) + ["requirements"]:
        total += sum(seconds for _, seconds in steps[names.index(commit) :])
    return float(total)


def how_many_standard_errors(b: float, c: float) -> float:
    """Deviation from per-image differences of plus or minus one under a fair coin."""
    variance = sum(1.0 for _ in range(int(b + c)))
    return (b - c) / math.sqrt(variance)


def twenty_equal_candidates(n: float, m: float) -> float:
    """Integrate the tail of the normal distribution."""
    step = 1e-3
    tail = sum(math.exp(-((m + (i + 0.5) * step) ** 2) / 2) for i in range(8000)) * step / math.sqrt(2 * math.pi)
    return n * tail


def evening_of_the_alarm(d: float, lag: float, drop: float) -> float:
    """Go through the evenings and look at the mean of the last seven labelled days."""
    for evening in range(8, 200):
        known = [92 - drop if day >= d else 92.0 for day in range(int(evening - lag) - 6, int(evening - lag) + 1)]
        if sum(known) / 7 < 88:
            return float(evening)
    raise AssertionError


def accuracy_guessed_from_confidence(s: float, a: float) -> float:
    """Count right answers among 100,000."""
    return sum(98 if i % 100 < s else a for i in range(100_000)) / 100_000


def labels_for_a_daily_check(p: float, e: float) -> float:
    """Increase n until the standard error is reached."""
    return float(next(n for n in itertools.count(1) if p * (100 - p) <= e * e * n))


def when_labels_shift_only(tpr: float, fpr: float, p: float) -> float:
    """Count alarms among 10,000 people."""
    ill = round(100 * p)
    return (ill * tpr / 100 + (10_000 - ill) * fpr / 100) / 100


def psi_of_three_bins(a: float, b: float, c: float) -> float:
    """Both Kullback-Leibler divergences added."""
    old, new = (0.5, 0.3, 0.2), (a / 100, b / 100, c / 100)
    forward = sum(y * math.log(y / x) for x, y in zip(old, new, strict=True))
    backward = sum(x * math.log(x / y) for x, y in zip(old, new, strict=True))
    return forward + backward


def red_on_two_days(k: float, a: float) -> float:
    """Enumerate the four outcomes of two days for each feature."""
    p = a / 100
    one = sum((p if x else 1 - p) * (p if y else 1 - p) for x in (0, 1) for y in (0, 1) if x and y)
    return sum(one for _ in range(int(k)))


def the_slice_behind_the_fall(s: float, f: float) -> float:
    """Bisect for the accuracy of the slice that gives the observed mean."""
    low, high = 0.0, 95.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if (s * middle + (100 - s) * 95) / 100 < 95 - f else (low, middle)
    return low


def kv_cache_of_a_batch(layers: float, kv: float, seq: float, batch: float) -> float:
    """Add up key and value tensors layer by layer."""
    total = 0
    for _layer in range(int(layers)):
        for _tensor in ("key", "value"):
            total += int(batch) * int(kv) * int(seq) * 128 * 2
    return total / 2**30


def requests_beside_the_weights(g: float, t: float) -> float:
    """Admit requests one by one until the memory is full."""
    free = 0.9 * g * 1e9 - 8.03e9 * 2
    need = sum(8 * 128 * 2 * 2 for _layer in range(32)) * t
    count = 0
    while (count + 1) * need <= free:
        count += 1
    return float(count)


def upper_bound_of_a_stream(n: float, b: float, bw: float) -> float:
    """Seconds for one token, inverted."""
    seconds = (n * 1e9 * b / 8) / (bw * 1e9)
    return 1 / seconds


def total_of_a_batch(b: float, c: float) -> float:
    """Time a thousand steps and count tokens."""
    seconds, tokens = 0.0, 0
    for _ in range(1000):
        seconds += (16 + sum(c for _ in range(int(b)))) / 2000
        tokens += int(b)
    return tokens / seconds


def slots_that_refill(s: float, a: float, b: float, c: float, d: float, e: float, f: float, ans: float, st: float) -> float:
    """Simulate step by step; check the static figure on the way."""
    waiting = [a, b, c, d, e, f]
    size = int(s)
    assert st == sum(max(waiting[i : i + size]) for i in range(0, 6, size)) and ans > 0
    running: list[float] = []
    steps = 0
    while waiting or running:
        while waiting and len(running) < size:
            running.append(waiting.pop(0))
        running = [x - 1 for x in running if x > 1]
        steps += 1
    return float(steps)


def idle_places_in_a_static_batch(x: float, m: float) -> float:
    """Count places step by step."""
    lengths = (50, x, 100, m)
    idle = sum(1 for step in range(int(m)) for length in lengths if step >= length)
    return 100 * idle / (4 * m)


def places_lost_in_blocks(a: float, b: float, c: float) -> float:
    """Hand out blocks token by token."""
    empty = 0
    for length in (a, b, c):
        places = 0
        for token in range(int(length)):
            if token >= places:
                places += 16
        empty += places - int(length)
    return float(empty)


def blocks_with_a_common_prompt(k: float, p: float, n: float) -> float:
    """Put the content of each block, with all before it, into a set."""
    blocks: set[tuple[tuple[int, int], ...]] = set()
    for request in range(int(k)):
        tokens = [(0, i) if i < p else (request + 1, i) for i in range(int(n))]
        for start in range(0, len(tokens), 16):
            blocks.add(tuple(tokens[: start + 16]))
    return float(len(blocks))


def share_of_accepted_drafts(p1: float, p2: float, p3: float, q1: float, q2: float, q3: float, ans: float) -> float:
    """Half of the total variation distance is what gets rejected."""
    assert ans > 0
    return 100 - (abs(p1 - q1) + abs(p2 - q2) + abs(p3 - q3)) / 2


def does_speculation_pay(a: float, k: float, c: float) -> float:
    """Expectation over the position of the first rejection."""
    p = a / 100
    tokens = sum(math.pow(p, i) * (1 - p) * (i + 1) for i in range(int(k))) + math.pow(p, k) * (k + 1)
    time = 1 + sum(c / 100 for _ in range(int(k)))
    return tokens / time


def bits_with_group_scales(g: float, n: float) -> float:
    """Store a million groups."""
    bits = sum(4 * g + 16 + 4 for _ in range(1000))
    return bits / (1000 * g) * n * 1e9 / 8 / 1e9


def prefill_time(n: float, p: float, f: float) -> float:
    """Add up the tokens."""
    return sum(2 * n * 1e9 for _ in range(int(p))) / (f * 1e12) * 1000


def days_of_the_ab_test(p: float, d: float) -> float:
    """Let days pass until both arms are full."""
    need = 16 * (p / 100) * (1 - p / 100) / (d / 1000) ** 2
    days = 0
    while days * 10_000 < need - 1e-6:
        days += 1
    return float(days)


def mean_cost_of_a_cascade(c: float, e: float, s: float) -> float:
    """Average a hundred images."""
    return sum(c + (e if i < s else 0) for i in range(100)) / 100


def replicas_for_the_peak(u: float, k: float, t: float) -> float:
    """Add replicas until the peak fits."""
    peak = u * 1e6 * 6 / (24 * 60 * 60) * k
    return float(next(n for n in itertools.count(1) if n * t * 0.6 >= peak))


def hours_without_service(n: float, a: float) -> float:
    """Enumerate the up and down states of all parts."""
    up = a / 100
    down = 0.0
    for states in itertools.product((True, False), repeat=int(n)):
        if not all(states):
            down += math.prod(up if state else 1 - up for state in states)
    return 720 * down


def second_copy_of_the_ranker(a: float, r: float) -> float:
    """Enumerate the states of index and two rankers."""
    total = 0.0
    for index, one, two in itertools.product((True, False), repeat=3):
        chance = (a if index else 100 - a) * (r if one else 100 - r) * (r if two else 100 - r) / 10**6
        total += chance if index and (one or two) else 0.0
    return 100 * total


def days_of_random_slots(m: float, n: float, g: float) -> float:
    """Let days pass until the articles have had their showings."""
    per_day = m * 1e6 * g / 100 / (n * 1000)
    shown, days = 0.0, 0
    while shown < 100 - 1e-6:
        shown += per_day
        days += 1
    return float(days)


def every_night_for_everybody(a: float, r: float) -> float:
    """Count the predictions of both ways for 10,000 accounts."""
    online = sum(r for account in range(10_000) if account % 100 < a)
    return 10_000 / online


WITNESSES: dict[str, Callable[..., float]] = {
    "model-export/buffers-travel-too": buffers_travel_too,
    "model-export/loop-unrolled-by-the-trace": loop_unrolled_by_the_trace,
    "model-export/allowed-difference": allowed_difference,
    "model-apis/cold-starts-in-the-mean": cold_starts_in_the_mean,
    "model-apis/health-behind-sleepers": health_behind_sleepers,
    "model-apis/waves-through-the-pool": waves_through_the_pool,
    "model-apis/workers-that-fit": workers_that_fit,
    "model-apis/a-chat-over-copies": a_chat_over_copies,
    "model-apis/reruns-of-the-page": reruns_of_the_page,
    "model-serving/smallest-batch-for-the-rate": smallest_batch_for_the_rate,
    "model-serving/ceiling-from-two-timings": ceiling_from_two_timings,
    "model-serving/ten-percent-more-traffic": ten_percent_more_traffic,
    "model-serving/page-with-slow-calls": page_with_slow_calls,
    "model-serving/median-page-is-a-tail-call": median_page_is_a_tail_call,
    "model-serving/clients-that-think": clients_that_think,
    "containers-ci-cd/a-week-of-rebuilds": a_week_of_rebuilds,
    "containers-ci-cd/how-many-standard-errors": how_many_standard_errors,
    "containers-ci-cd/twenty-equal-candidates": twenty_equal_candidates,
    "model-monitoring/accuracy-guessed-from-confidence": accuracy_guessed_from_confidence,
    "model-monitoring/evening-of-the-alarm": evening_of_the_alarm,
    "model-monitoring/labels-for-a-daily-check": labels_for_a_daily_check,
    "model-monitoring/when-labels-shift-only": when_labels_shift_only,
    "model-monitoring/psi-of-three-bins": psi_of_three_bins,
    "model-monitoring/red-on-two-days": red_on_two_days,
    "model-monitoring/the-slice-behind-the-fall": the_slice_behind_the_fall,
    "llm-serving/kv-cache-of-a-batch": kv_cache_of_a_batch,
    "llm-serving/requests-beside-the-weights": requests_beside_the_weights,
    "llm-serving/upper-bound-of-a-stream": upper_bound_of_a_stream,
    "llm-serving/prefill-time": prefill_time,
    "llm-serving/total-of-a-batch": total_of_a_batch,
    "llm-serving/slots-that-refill": slots_that_refill,
    "llm-serving/idle-places-in-a-static-batch": idle_places_in_a_static_batch,
    "llm-serving/places-lost-in-blocks": places_lost_in_blocks,
    "llm-serving/blocks-with-a-common-prompt": blocks_with_a_common_prompt,
    "llm-serving/share-of-accepted-drafts": share_of_accepted_drafts,
    "llm-serving/does-speculation-pay": does_speculation_pay,
    "llm-serving/bits-with-group-scales": bits_with_group_scales,
    "dl-system-design/days-of-the-ab-test": days_of_the_ab_test,
    "dl-system-design/every-night-for-everybody": every_night_for_everybody,
    "dl-system-design/mean-cost-of-a-cascade": mean_cost_of_a_cascade,
    "dl-system-design/replicas-for-the-peak": replicas_for_the_peak,
    "dl-system-design/hours-without-service": hours_without_service,
    "dl-system-design/second-copy-of-the-ranker": second_copy_of_the_ranker,
    "dl-system-design/days-of-random-slots": days_of_random_slots,
}
