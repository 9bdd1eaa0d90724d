"""Independent recomputation of numeric answers of the generative models questions: loops, simulation, integrals and numeric derivatives."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Callable


def derivative(f: Callable[[float], float], at: float, step: float = 1e-5) -> float:
    return (f(at + step) - f(at - step)) / (2 * step)


def lowest(f: Callable[[float], float], low: float, high: float) -> float:
    """Golden section search for the place of the least value of a function with one valley."""
    ratio = (math.sqrt(5) - 1) / 2
    for _ in range(200):
        a, b = high - ratio * (high - low), low + ratio * (high - low)
        if f(a) < f(b):
            high = b
        else:
            low = a
    return (low + high) / 2


def density(x: float, mean: float, variance: float) -> float:
    return math.exp(-((x - mean) ** 2) / (2 * variance)) / math.sqrt(2 * math.pi * variance)


def integral(f: Callable[[float], float], low: float, high: float, n: int = 20000) -> float:
    width = (high - low) / n
    return width * math.fsum(f(low + (i + 0.5) * width) for i in range(n))


def sigmoid(a: float) -> float:
    return 1 / (1 + math.exp(-a))


def halved(side: int) -> int:
    """Count the places of a 3×3 window with stride 2 and padding 1."""
    return sum(1 for start in range(-1, side, 2) if start + 3 <= side + 1)


def numbers_in_a_convolutional_code(s: int, c: int) -> float:
    code = c * halved(halved(halved(s))) ** 2
    return len(range(3 * s * s)) / code


def coins_have_nothing_in_common(n: int, k: int) -> float:
    """Project on k random orthonormal directions and add up what is left of the variance of each unit coin."""
    rng = random.Random(1)
    basis: list[list[float]] = []
    while len(basis) < k:
        v = [rng.gauss(0, 1) for _ in range(n)]
        for b in basis:
            dot = math.fsum(x * y for x, y in zip(v, b, strict=True))
            v = [x - dot * y for x, y in zip(v, b, strict=True)]
        norm = math.sqrt(math.fsum(x * x for x in v))
        basis.append([x / norm for x in v])
    coin = sum((side - 0.5) ** 2 for side in (0, 1)) / 2
    return math.fsum(coin * (1 - math.fsum(b[i] ** 2 for b in basis)) for i in range(n)) / n


def error_from_singular_values(a: int, b: int, n: int) -> float:
    """Build a diagonal matrix with these singular values and drop the two largest directions row by row."""
    rows = [[float(v) if i == j else 0.0 for j in range(4)] for i, v in enumerate((30, 20, a, b))]
    rows += [[0.0] * 4 for _ in range(n - 4)]
    return sum((x - y) ** 2 for row in rows for x, y in zip(row, [row[0], row[1], 0.0, 0.0], strict=True)) / n


def line_of_unknown_place(n: int) -> float:
    def cost(grey: float) -> float:
        return sum((grey - (place == pixel)) ** 2 for place in range(n) for pixel in range(n)) / n

    return cost(lowest(cost, 0, 1))


def best_guess_behind_noise(v: int, s: int, y: int) -> float:
    def weight(x: float) -> float:
        return density(x, 5, v) * density(y, x, s)

    return integral(lambda x: x * weight(x), -60, 70) / integral(weight, -60, 70)


def all_numbers_must_hit(d: int, h: int) -> float:
    share = 1.0
    for _ in range(d):
        share -= share * (100 - h) / 100
    return 100 * share


def between_two_clouds(m: float, s: float, z: float) -> float:
    white, black = density(z, m, s * s), density(z, -m, s * s)
    return lowest(lambda value: white * (value - 1) ** 2 + black * value**2, 0, 1)


def bound_with_two_codes(a: float, b: float, q: float) -> float:
    """ln p(x) less the divergence from the true posterior."""
    joint = {"A": 0.5 * a, "B": 0.5 * b}
    evidence = sum(joint.values())
    gap = sum(w * math.log(w / (joint[code] / evidence)) for code, w in (("A", q), ("B", 1 - q)))
    return math.log(evidence) - gap


def gradient_at_the_log_variance(e: float, d: float, t: float) -> float:
    return derivative(lambda logvar: (3 + math.exp(logvar / 2) * e - t) ** 2, math.log(d * d))


def price_of_a_code(m: float, v: float) -> float:
    """Integrate q·ln(q/p) in each dimension."""
    total = 0.0
    for mean, variance in ((m, math.exp(v)), (0.5, 1.0)):
        wide = 9 * math.sqrt(variance)

        def term(z: float, mean: float = mean, variance: float = variance) -> float:
            q = density(z, mean, variance)
            return q * math.log(q / density(z, 0, 1))

        total += integral(term, mean - wide, mean + wide)
    return total


def best_width_of_a_cloud(b: float, w: float) -> float:
    return lowest(lambda v: 0.5 * w * w * v + b * 0.5 * (v - 1 - math.log(v)), 1e-6, 2)


def mean_here_and_sum_there(s: int, c: int) -> float:
    """Compare the gradients of both forms for losses of 1 a pixel and 1 a code dimension."""
    pixels, batch, dims = c * s * s, 128, 16
    rec_mean = sum(1 for _ in range(pixels)) / pixels
    rec_sum = float(pixels)
    kl = dims * batch / batch
    return (kl / rec_mean) / (kl / rec_sum)


def bytes_of_an_image_in_tokens(s: int, f: int, k: int) -> float:
    tokens = sum(1 for _ in itertools.product(range(0, s, f), repeat=2))
    return tokens * (k - 1).bit_length() / 8


def gradient_past_the_choice(z: float, g: float, b: float) -> float:
    """Derivative of a loss in which stopped values are written as constants."""
    e, offset = 1.0, 1.0 - z
    return derivative(lambda x: g * (x + offset) + (z - e) ** 2 + b * (x - e) ** 2, z)


def two_losses_at_one_logit(d: float) -> float:
    return derivative(lambda a: -math.log(1 - sigmoid(a)) - math.log(sigmoid(a)), math.log(d / (1 - d)))


def more_real_than_fake(p: float, q: float, r: int) -> float:
    return lowest(lambda d: -r * p * math.log(d) - q * math.log(1 - d), 1e-9, 1 - 1e-9)


def loss_on_half_a_support(s: int) -> float:
    """Sum the cost of the best answer over 100 real images and 100 fakes."""
    cost = 0.0
    for real, fake in [(1, 1)] * s + [(1, 0)] * (100 - s) + [(0, 1)] * (100 - s):
        d = real / (real + fake)
        cost -= (math.log(d) if real else 0.0) + (math.log(1 - d) if fake else 0.0)
    return cost / 100


def how_much_more_pull(a: int) -> float:
    strong = derivative(lambda x: -math.log(sigmoid(x)), -a)
    weak = derivative(lambda x: math.log(1 - sigmoid(x)), -a)
    return abs(strong / weak)


def counting_kinds_by_twins(m: int, d: int) -> float:
    return len(list(itertools.combinations(range(m), 2))) / d


def r1_of_a_small_critic(a: float, b: float, g: float) -> float:
    first = derivative(lambda x: a * x * x - b * 2, 1)
    second = derivative(lambda x: a - b * x, 2)
    return g / 2 * (first**2 + second**2)


def memory_of_averaged_weights(b: float, n: int) -> float:
    share = 100.0
    for _ in range(n):
        share = b * share + (1 - b) * 0
    return share


def distance_of_two_features(m: float, v: float) -> float:
    """Least mean squared distance between two normals: match them quantile by quantile."""

    def matched(m1: float, v1: float, m2: float, v2: float) -> float:
        def term(z: float) -> float:
            return density(z, 0, 1) * (m1 + math.sqrt(v1) * z - m2 - math.sqrt(v2) * z) ** 2

        return integral(term, -9, 9)

    return matched(0, 1, m, v) + matched(3, 4, 3, 9)


def side_of_the_generated_image(n: int, k: int) -> float:
    """Stamp the kernel position by position and cut the padding."""
    side = 1
    for kernel, stride, padding in [(4, 1, 0)] + [(4, 2, 1)] * n + [(k, 2, 1)]:
        touched = {i * stride + j for i in range(side) for j in range(kernel)}
        side = max(touched) + 1 - 2 * padding
    return float(side)


def cycle_loss_in_numbers(g: float, f: float) -> float:
    def to(x: float) -> float:
        return 2 * x + g

    def back(y: float) -> float:
        return y / 2 - f

    return 0.4 + 0.3 + 10 * abs(back(to(1.7)) - 1.7) + 10 * abs(to(back(-0.6)) + 0.6)


def one_pixel_in_one_jump(a: float, x: float, e: float) -> float:
    """The point on the quarter circle between x and e at the angle whose cosine has the square a."""
    angle = math.acos(math.sqrt(a))
    return math.cos(angle) * x + math.sin(angle) * e


def when_noise_overtakes(b: float) -> float:
    signal, noise, steps = 1.0, 0.0, 0
    while signal >= noise:
        signal, noise, steps = (1 - b) * signal, (1 - b) * noise + b, steps + 1
    return float(steps)


def a_small_error_grown_large(a: float, d: float) -> float:
    def clean(noise: float) -> float:
        return (0.3 - math.sqrt(1 - a) * noise) / math.sqrt(a)

    return abs(clean(0.7 + d) - clean(0.7))


def mean_of_one_ddpm_step(b: float, x: float, e: float) -> float:
    """The posterior mean of x at t − 1 given x at t and the estimate of the clean value."""
    now = 0.36
    before = now / (1 - b)
    clean = (x - math.sqrt(1 - now) * e) / math.sqrt(now)
    return (math.sqrt(before) * b * clean + math.sqrt(1 - b) * (1 - before) * x) / (1 - now)


def ddim_step_by_hand(x: float, e: float) -> float:
    """In x/√ᾱ the step is a straight line in the ratio of noise to signal."""
    ratio = math.sqrt(0.64 / 0.36), math.sqrt(0.36 / 0.64)
    return (x / math.sqrt(0.36) + (ratio[1] - ratio[0]) * e) * math.sqrt(0.64)


def beyond_the_conditioned_answer(u: float, c: float, w: float) -> float:
    return w * c + (1 - w) * u


def guidance_between_conventions(s: float) -> float:
    cond, uncond = 0.4, -0.2
    goal = (1 + s) * cond - s * uncond
    return (goal - uncond) / (cond - uncond)


def where_one_great_step_lands(p: int, z: float) -> float:
    targets = [-1 - z] * p + [3 - z] * (100 - p)
    velocity = lowest(lambda v: sum((v - t) ** 2 for t in targets), -10, 10)
    return z + velocity


def what_the_skips_keep_waiting(s: int, c: int) -> float:
    total = 0
    for _ in range(3):
        total += sum(c for _ in itertools.product(range(s), repeat=2))
        s, c = s // 2, 2 * c
    return float(total)


def tokens_of_a_latent(s: int, p: int) -> float:
    return float(sum(1 for _ in itertools.product(range(0, s, 8 * p), repeat=2)))


def price_of_a_larger_picture(s: int) -> float:
    def pairs(side: int) -> int:
        return len(range(0, side, 16)) ** 2 * sum(1 for _ in itertools.product(range(0, side, 16), repeat=2))

    return pairs(s) / pairs(256)


WITNESSES: dict[str, Callable[..., float]] = {
    "autoencoders/numbers-in-a-convolutional-code": numbers_in_a_convolutional_code,
    "autoencoders/coins-have-nothing-in-common": coins_have_nothing_in_common,
    "autoencoders/error-from-singular-values": error_from_singular_values,
    "autoencoders/line-of-unknown-place": line_of_unknown_place,
    "autoencoders/best-guess-behind-noise": best_guess_behind_noise,
    "autoencoders/all-numbers-must-hit": all_numbers_must_hit,
    "variational-autoencoders/between-two-clouds": between_two_clouds,
    "variational-autoencoders/bound-with-two-codes": bound_with_two_codes,
    "variational-autoencoders/gradient-at-the-log-variance": gradient_at_the_log_variance,
    "variational-autoencoders/price-of-a-code": price_of_a_code,
    "variational-autoencoders/best-width-of-a-cloud": best_width_of_a_cloud,
    "variational-autoencoders/mean-here-and-sum-there": mean_here_and_sum_there,
    "variational-autoencoders/bytes-of-an-image-in-tokens": bytes_of_an_image_in_tokens,
    "variational-autoencoders/gradient-past-the-choice": gradient_past_the_choice,
    "gans/two-losses-at-one-logit": two_losses_at_one_logit,
    "gans/more-real-than-fake": more_real_than_fake,
    "gans/loss-on-half-a-support": loss_on_half_a_support,
    "gans/how-much-more-pull": how_much_more_pull,
    "gans/counting-kinds-by-twins": counting_kinds_by_twins,
    "gans/r1-of-a-small-critic": r1_of_a_small_critic,
    "gans/memory-of-averaged-weights": memory_of_averaged_weights,
    "gans/distance-of-two-features": distance_of_two_features,
    "gans/side-of-the-generated-image": side_of_the_generated_image,
    "gans/cycle-loss-in-numbers": cycle_loss_in_numbers,
    "diffusion-models/one-pixel-in-one-jump": one_pixel_in_one_jump,
    "diffusion-models/when-noise-overtakes": when_noise_overtakes,
    "diffusion-models/a-small-error-grown-large": a_small_error_grown_large,
    "diffusion-models/mean-of-one-ddpm-step": mean_of_one_ddpm_step,
    "diffusion-models/ddim-step-by-hand": ddim_step_by_hand,
    "diffusion-models/beyond-the-conditioned-answer": beyond_the_conditioned_answer,
    "diffusion-models/guidance-between-conventions": guidance_between_conventions,
    "diffusion-models/where-one-great-step-lands": where_one_great_step_lands,
    "diffusion-models/what-the-skips-keep-waiting": what_the_skips_keep_waiting,
    "diffusion-models/tokens-of-a-latent": tokens_of_a_latent,
    "diffusion-models/price-of-a-larger-picture": price_of_a_larger_picture,
}
