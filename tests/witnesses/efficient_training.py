"""Answers of the efficient-training bank by other routes: loops, brute force, small simulations of loaders, rings, pipelines and formats."""

import math
import random
from collections.abc import Callable


def a_faster_gpu_arrives(n: float, d: float, w: float, s: float, k: float) -> float:
    """Simulate workers with a queue and a GPU over many batches, before and after."""

    def total(step: float, batches: int) -> float:
        free = [0.0] * int(w)
        gpu = 0.0
        for b in range(batches):
            i = b % int(w)
            free[i] += n * d
            gpu = max(gpu, free[i]) + step
        return gpu

    def pace(step: float) -> float:
        return (total(step, 16000) - total(step, 8000)) / 8000

    return pace(s) / pace(s / k)


def waiting_in_each_step(n: float, r: float, c: float) -> float:
    """Time a thousand batches both ways."""
    return sum(n / r * 1000 - n / c * 1000 for _ in range(1000)) / 1000


def shards_by_worker_alone(g: float, w: float, n: float) -> float:
    """Deal 96 shards as the listing does and count."""
    seen = 0.0
    for _rank in range(int(g)):
        for worker in range(int(w)):
            seen += len(range(96)[worker :: int(w)]) * n / 96
    return round(seen, 9)


def opening_a_million_files(k: float, t: float) -> float:
    """Read 20,000 images one by one, and from shards of 1 GB (of as many as needed)."""
    count = round(1_000_000 / k)
    single = sum(t + k / 200 for _ in range(count))
    shard = t + sum(k / 200 for _ in range(count))
    return single / shard


def classes_in_the_first_batch(size: float, per: float) -> float:
    """Run the buffer, always taking the newest item that is of the newest class."""
    buffer: list[int] = []
    possible: set[int] = set()
    out = 0
    for i in range(int(40 * per)):
        buffer.append(int(i // per))
        if len(buffer) >= size:
            possible |= set(buffer)
            buffer.pop(random.Random(i).randrange(len(buffer)))
            out += 1
            if out == 64:
                break
    return len(possible)


def three_versions_in_the_store(n: float, c: float, a: float) -> float:
    """Put the hashes of three versions into a set."""
    first = {("v1", i) for i in range(int(n) * 1000)}
    second = {x for x in first if x[1] >= c * 1000} | {("v2", i) for i in range(int(c) * 1000)}
    third = second | {("v3", i) for i in range(int(a) * 1000)}
    return len(first | second | third) * 100 / 1e6


def least_time_of_a_layer(b: float, n: float) -> float:
    """Add FLOPs output by output, bytes tensor by tensor, and take the longer time."""
    flops = sum(2 * n for _ in range(int(b))) * n
    moved = sum(2 * rows * cols for rows, cols in ((b, n), (n, n), (b, n)))
    return max(flops / 300e12, moved / 2e12) * 1e6


def share_of_peak_from_a_log(p: float, t: float, g: float) -> float:
    """Total FLOPs of all GPUs in one second against the cluster's peak."""
    done = 0.0
    for _gpu in range(int(g)):
        for flop in (2, 4):
            done += flop * p * 1e9 * t * 1e3
    return 100 * done / (g * 989e12)


def when_attention_overtakes(d: float) -> float:
    """Walk n upwards, with 16 heads, until the products over pairs cost as much as the projections."""
    heads = 16
    size = d / heads
    n = 1
    while heads * (2 * n * n * size + 2 * n * size * n) < 4 * (2 * n * d * d):
        n += 1
    return n


def days_on_the_cluster(p: float, t: float, g: float, u: float) -> float:
    """Count tokens a day and divide."""
    flop_per_token = (2 + 4) * p * 1e9
    tokens_per_day = g * 989e12 * u / 100 / flop_per_token * 86400
    return t * 1e12 / tokens_per_day


def largest_loss_scale(g: float) -> float:
    """Double the scale until fp16 would overflow."""
    scale = 1.0
    while g * scale * 2 <= (2 - 2**-10) * 2**15:
        scale *= 2
    return scale


def to_bf16(x: float) -> float:
    """Round to 8 significant bits, half to even."""
    m, e = math.frexp(x)
    return math.ldexp(round(m * 256), e - 8)


def smallest_update_that_counts(w: float) -> float:
    """Bisect for the smallest update that changes the rounded weight."""
    start = to_bf16(w)
    low, high = 0.0, start / 4
    for _ in range(100):
        middle = (low + high) / 2
        if to_bf16(start + middle) == start:
            low = middle
        else:
            high = middle
    return high


def fused_in_milliseconds(n: float, bw: float) -> float:
    """List the reads and writes of both programs."""
    eager = [("x", "t"), ("t", "r", "u"), ("u", "y")]
    fused = [("x", "r", "y")]
    count = sum(len(op) for op in eager) - sum(len(op) for op in fused)
    return count * n * 1e6 * 2 / (bw * 1e12) * 1000


def second_tile_arrives(m: float, l: float, a: float, b: float) -> float:
    """Rebuild the plain sum and bring it to the new maximum once."""
    plain = l * math.exp(m) + math.exp(a) + math.exp(b)
    return plain / math.exp(max(m, a, b))


def two_sums_in_a_row(n: float) -> float:
    """Play the ranks."""
    ranks = range(int(n))
    x = [r + 1.0 for r in ranks]
    x = [sum(x)] * int(n)
    x = [v * (r + 1) for r, v in zip(ranks, x, strict=True)]
    return sum(x)


def two_starts_one_gradient(a: float, b: float) -> float:
    """Run the loop on both ranks."""
    w = [float(a), float(b)]
    for _ in range(200):
        grad = sum(2 * (v - 5) for v in w)
        w = [v - 0.1 * grad / 2 for v in w]
    return w[0]


def weight_for_one_rank(p: float, q: float, r: float, s: float) -> float:
    """Weight that a token should have over the weight it gets from a mean of means."""
    parts = [p, q, r, s]
    gets = 1 / q / len(parts)
    should = 1 / sum(parts)
    return should / gets


def rate_for_the_new_cluster(g: float, b: float, a: float) -> float:
    """Count the samples of one step, rank by rank, on both clusters."""
    old = sum(64 for _gpu in range(4))
    new = sum(b for _gpu in range(int(g)) for _step in range(int(a)))
    return 0.1 * new / old


def ring_bytes(n: int, data: float) -> float:
    """Bytes that one rank sends in a ring all-reduce, step by step, checking that the sums arrive."""
    pieces = [[float(rank * n + i) for i in range(n)] for rank in range(n)]
    want = [sum(pieces[rank][i] for rank in range(n)) for i in range(n)]
    sent = 0.0
    for t in range(n - 1):
        moving = [(rank, (rank - t) % n, pieces[rank][(rank - t) % n]) for rank in range(n)]
        for rank, i, value in moving:
            pieces[(rank + 1) % n][i] += value
        sent += data / n
    for t in range(n - 1):
        moving = [(rank, (rank + 1 - t) % n, pieces[rank][(rank + 1 - t) % n]) for rank in range(n)]
        for rank, i, value in moving:
            pieces[(rank + 1) % n][i] = value
        sent += data / n
    assert all(row == want for row in pieces)
    return sent


def milliseconds_of_a_ring(p: float, n: float, bw: float) -> float:
    """Time of the simulated ring."""
    return ring_bytes(int(n), p * 1e9 * 4) / (bw * 1e9) * 1000


def four_buckets_one_link(r: float, c: float, f: float) -> float:
    """Event by event."""
    link = 0.0
    for k in range(1, 5):
        link = max(link, k * r) + c
    return f + link


def time_saved_by_no_sync(k: float, u: float, b: float, c: float) -> float:
    """Clock both programs."""
    visible = c - b + 10
    with_all = sum(u + b + visible for _ in range(int(k)))
    with_last = sum(u + b + (visible if i == k - 1 else 0) for i in range(int(k)))
    return with_all - with_last


def shortest_rank_ends_it(p: float, q: float, r: float, s: float, b: float) -> float:
    """Take batches from four streams until one is empty."""
    left = [p, q, r, s]
    steps = 0
    while all(x > 0 for x in left):
        left = [x - min(x, b) for x in left]
        steps += 1
    return steps


def momentum_in_place_of_adam(p: float) -> float:
    """Sum over the stored tensors."""
    stored = {"weight": 2, "gradient": 2, "master": 4, "momentum": 4}
    return sum(size * p * 1e9 for size in stored.values()) / 1e9


def frozen_and_trained(p: float, a: float) -> float:
    """Sum over the stored tensors of both parts."""
    total = 2 * p * 1e9
    for size in (2, 2, 4, 4, 4):
        total += size * a * 1e6
    return total / 1e9


def twice_the_gpus_for_zero_one(p: float, n: float) -> float:
    """Bytes of one rank before minus after."""

    def held(ranks: float) -> float:
        return 2 * p + 2 * p + sum(4 * p / ranks for _ in ("master", "first", "second"))

    return held(n) - held(2 * n)


def bytes_of_three_passes(p: float, n: float) -> float:
    """A ring all-reduce is two passes; FSDP has three."""
    return ring_bytes(int(n), 2 * p) / 2 * 3


def sums_of_a_forward_pass(l: float, s: float, d: float) -> float:
    """Layer by layer, part by part."""
    total = 0.0
    for _layer in range(int(l)):
        for _part in ("attention", "feed-forward"):
            total += s * d * 2
    return total / 1e9


def sums_over_the_slow_network(l: float, s: float, bw: float) -> float:
    """Four simulated rings of eight in each layer."""
    return sum(4 * ring_bytes(8, s * 8192 * 2) / (bw * 1e9) * 1000 for _ in range(int(l)))


def idle_share(p: int, m: int) -> float:
    """Simulate all forwards (1), then all backwards (2), on p stages."""
    free = [0.0] * p
    ready = [[0.0] * m for _ in range(p)]
    for j in range(m):
        for s in range(p):
            free[s] = max(free[s], ready[s - 1][j] if s else 0.0) + 1
            ready[s][j] = free[s]
    back = [[0.0] * m for _ in range(p)]
    for j in range(m):
        for s in reversed(range(p)):
            free[s] = max(free[s], back[s + 1][j] if s < p - 1 else ready[s][j]) + 2
            back[s][j] = free[s]
    return 1 - 3 * m / max(free)


def micro_batches_for_the_bubble(p: float, q: float) -> float:
    """Raise m until the simulated pipeline idles little enough."""
    m = 1
    while idle_share(int(p), m) > q / 100 + 1e-12:
        m += 1
    return m


def twice_the_pipelines(b: float, d: float, p: float) -> float:
    """Simulate one of the pipelines."""
    return 100 * idle_share(int(p), int(b) // (2 * int(d)))


def peak_with_checkpoints(l: float, i: float, k: float) -> float:
    """Walk forward and backward, keeping track of what is held."""
    held = peak = 0.0
    for _ in range(int(l)):
        peak = max(peak, held + i)
        held += i
    for _ in range(int(l)):
        peak = max(peak, held + k)
        held -= i
    return peak


def what_the_hardware_did(u: float) -> float:
    """FLOP per parameter and token, executed against reported."""
    reported = {"forward": 2, "backward": 4}
    executed = {**reported, "forward again": 2}
    return u * sum(executed.values()) / sum(reported.values())


def integer_for_one_value(p: float, t: float, x: float) -> float:
    """Find the code whose restored value is nearest."""
    s = (p + t) / 255
    z = min(range(256), key=lambda q: abs(-p + s * q))
    return min(range(256), key=lambda q: abs(s * (q - z) - x))


def price_of_missing_bits(a: float, b: float) -> float:
    """Measure the largest rounding error over a fine grid."""

    def worst(bits: float) -> float:
        scale = 1 / (len(range(2 ** int(bits) - 1)) // 2)
        return max(abs(round(x / 200000 / scale) * scale - x / 200000) for x in range(200001))

    return worst(b) / worst(a)


def zeros_in_two_groups(x: float, a: float, g: float) -> float:
    """Quantize both groups; the other two variables are the stored counts and are not used for this."""
    del a, g
    groups = [[0.30, -0.20, 0.60, -0.70], [0.40, -0.10, 0.70, x]]
    return sum(round(w / (max(map(abs, group)) / 7)) == 0 for group in groups for w in group)


def gigabytes_for_smaller_groups(p: float, a: float, b: float) -> float:
    """Count the scales."""
    return (p * 1e9 / a - p * 1e9 / b) * 2 / 1e9


def tokens_of_a_sparse_expert_model(t: float, e: float, bits: float) -> float:
    """Time of reading the active weights once; the total only has to be stored."""
    del t
    seconds = e * 1e9 * bits / (2e12 * 8)
    return 1 / seconds


def gain_in_a_large_batch(b: float) -> float:
    """Layer by layer, in 32 equal layers."""

    def step(size: float) -> float:
        return sum(max(size / 32 / 2e12, 2 * 8e9 / 32 * b / 300e12) for _ in range(32))

    return step(16e9) / step(4e9)


def flops_after_cutting_channels(c: float) -> float:
    """Count a 3×3 layer of 100 → 100 channels on 8×8 outputs."""
    kept = int(c)
    count = sum(2 * 9 * 64 for _out in range(kept) for _in in range(kept))
    return 100 * count / (2 * 9 * 64 * 100 * 100)


def size_of_a_sparse_file(k: float, i: float) -> float:
    """Write a matrix of 1000 × 100 weights bit by bit."""
    dense = 1000 * 100 * 16
    sparse = sum(16 + i for _row in range(1000) for _col in range(int(k)))
    return 100 * sparse / dense


def rounds_until_nine_tenths(r: float, g: float) -> float:
    """Prune until enough is gone."""
    left, rounds = 1.0, 0
    while left > 1 - g / 100 + 1e-12:
        left -= left * r / 100
        rounds += 1
    return rounds


def softened_second_place(a: float, b: float, c: float, t: float) -> float:
    """Through the odds of each class against the second."""
    return 1 / (1 + math.exp((a - b) / t) + math.exp((c - b) / t))


def four_bit_floats_with_block_scales(n: float, k: float) -> float:
    """Lay a hundred blocks out bit by bit, and take them for n billion weights."""
    bits = sum(sum(4 for _ in range(int(k))) + 8 for _ in range(100))
    return n * bits / (100 * k) / 8


WITNESSES: dict[str, Callable[..., float]] = {
    "data-pipelines/a-faster-gpu-arrives": a_faster_gpu_arrives,
    "data-pipelines/waiting-in-each-step": waiting_in_each_step,
    "data-pipelines/shards-by-worker-alone": shards_by_worker_alone,
    "data-pipelines/opening-a-million-files": opening_a_million_files,
    "data-pipelines/classes-in-the-first-batch": classes_in_the_first_batch,
    "data-pipelines/three-versions-in-the-store": three_versions_in_the_store,
    "gpu-performance/least-time-of-a-layer": least_time_of_a_layer,
    "gpu-performance/share-of-peak-from-a-log": share_of_peak_from_a_log,
    "gpu-performance/when-attention-overtakes": when_attention_overtakes,
    "gpu-performance/days-on-the-cluster": days_on_the_cluster,
    "gpu-performance/largest-loss-scale": largest_loss_scale,
    "gpu-performance/smallest-update-that-counts": smallest_update_that_counts,
    "gpu-performance/fused-in-milliseconds": fused_in_milliseconds,
    "gpu-performance/second-tile-arrives": second_tile_arrives,
    "distributed-training/two-sums-in-a-row": two_sums_in_a_row,
    "distributed-training/two-starts-one-gradient": two_starts_one_gradient,
    "distributed-training/weight-for-one-rank": weight_for_one_rank,
    "distributed-training/rate-for-the-new-cluster": rate_for_the_new_cluster,
    "distributed-training/milliseconds-of-a-ring": milliseconds_of_a_ring,
    "distributed-training/four-buckets-one-link": four_buckets_one_link,
    "distributed-training/time-saved-by-no-sync": time_saved_by_no_sync,
    "distributed-training/shortest-rank-ends-it": shortest_rank_ends_it,
    "sharded-training/momentum-in-place-of-adam": momentum_in_place_of_adam,
    "sharded-training/frozen-and-trained": frozen_and_trained,
    "sharded-training/twice-the-gpus-for-zero-one": twice_the_gpus_for_zero_one,
    "sharded-training/bytes-of-three-passes": bytes_of_three_passes,
    "sharded-training/sums-of-a-forward-pass": sums_of_a_forward_pass,
    "sharded-training/sums-over-the-slow-network": sums_over_the_slow_network,
    "sharded-training/micro-batches-for-the-bubble": micro_batches_for_the_bubble,
    "sharded-training/twice-the-pipelines": twice_the_pipelines,
    "sharded-training/peak-with-checkpoints": peak_with_checkpoints,
    "sharded-training/what-the-hardware-did": what_the_hardware_did,
    "model-compression/four-bit-floats-with-block-scales": four_bit_floats_with_block_scales,
    "model-compression/integer-for-one-value": integer_for_one_value,
    "model-compression/price-of-missing-bits": price_of_missing_bits,
    "model-compression/zeros-in-two-groups": zeros_in_two_groups,
    "model-compression/gigabytes-for-smaller-groups": gigabytes_for_smaller_groups,
    "model-compression/tokens-of-a-sparse-expert-model": tokens_of_a_sparse_expert_model,
    "model-compression/gain-in-a-large-batch": gain_in_a_large_batch,
    "model-compression/flops-after-cutting-channels": flops_after_cutting_channels,
    "model-compression/size-of-a-sparse-file": size_of_a_sparse_file,
    "model-compression/rounds-until-nine-tenths": rounds_until_nine_tenths,
    "model-compression/softened-second-place": softened_second_place,
}
