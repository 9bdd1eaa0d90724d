"""Answers of the transformers-b questions by another route than their formulas: counting, building and simulating."""

import itertools
import math
import statistics
from collections import Counter
from collections.abc import Callable


def never_judged(m: int, e: int) -> float:
    left = 0.0
    for draws in itertools.product((True, False), repeat=e):
        if not any(draws):
            left += math.prod(m if chosen else 100 - m for chosen in draws) / 100**e
    return 100 * left


def writing_with_masks(p: int, n: int) -> float:
    text, processed = ["prompt"] * p, 0
    for _ in range(n):
        processed += len([*text, "[MASK]"])
        text.append("new")
    return processed


def head_of_a_tagger(d: int, e: int) -> float:
    tags = ["O"] + [f"{side}-{kind}" for kind in range(e) for side in "BI"]
    return sum(1 for _tag in tags for _feature in [*range(d), "bias"])


def all_pieces_counted(k: int, a: int) -> float:
    pieces = [True] * 900
    for name in range(100):
        pieces += [name < a] * k
    return 100 * statistics.fmean(pieces)


def a_day_of_searching(q: int, k: int, d: int) -> float:
    passes = 0
    for _document in range(d):
        passes += 1
    for _query in range(q):
        passes += 1
        for _candidate in range(k):
            passes += 1
    return passes


def four_tokens_perplexity(a: int, b: int) -> float:
    return math.exp(-statistics.fmean(math.log(p) for p in (1 / 2, 1 / a, 1 / b, 1 / 8)))


def label_of_two_pieces(a: int, b: int, c: int) -> float:
    good, terrible = math.log(a / 100), math.log(b / 100) + math.log(c / 100)
    return 100 / (1 + math.exp(good - terrible))


def rotated_score(m: int, n: int, t: int, c: float, z: float) -> float:
    def turn(x: float, y: float, position: int) -> tuple[float, float]:
        angle = math.radians(30 * position)
        return x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)

    (q0, q1), (k0, k1) = turn(2, 0, m), turn(3, 0, n)
    return q0 * k0 + q1 * k1


def gated_mlp_from_config(d: int, h: int) -> float:
    return sum(math.prod(shape) for shape in ((d, h), (d, h), (h, d))) / 1e6


def one_gated_unit(g: int, u: int) -> float:
    sigmoid = (1 + math.tanh(g / 2)) / 2
    return u * g * sigmoid


def attention_weights_of_groups(d: int, kv: int) -> float:
    total = 0
    for head in range(d // 128):
        total += 2 * d * 128  # query and output of this head
        if head < kv:
            total += 2 * d * 128  # key and value of this group
    return total / 1e6


def wrong_partner(h: int, kv: int, g: int, bad: int) -> float:
    tiled = list(range(kv)) * g
    trained = [group for group in range(kv) for _ in range(g)]
    return sum(have != want for have, want in zip(tiled, trained, strict=True))


def cache_thrown_away(a: int, b: int) -> float:
    def positions(keep: bool) -> int:
        cached = processed = 0
        length = 0
        for prompt, answer in ((a, b), (30, 100)):
            if not keep:
                cached = 0
            length += prompt
            for _ in range(answer):
                processed += length - cached
                cached = length
                length += 1  # the token just drawn
        return processed

    return positions(False) - positions(True)


def two_tokens_cooled(p: int, t: float) -> float:
    yes, no = math.exp(math.log(p / 100) / t), math.exp(math.log(1 - p / 100) / t)
    return 100 * yes / (yes + no)


def share_after_the_cut(p: float, n: int, s: float, r: float) -> float:
    kept: list[float] = []
    for probability in (0.40, 0.25, 0.15, 0.10, 0.06, 0.04):
        kept.append(probability)
        if sum(kept) >= p:
            break
    return 100 * kept[0] / sum(kept)


def scores_while_writing(n: int, m: int) -> float:
    scores = 0
    own_keys: list[int] = []
    for step in range(m):
        own_keys.append(step)
        scores += len(own_keys) + len(range(n))
    return scores


def two_tokens_against_thirty(c: int, t: int) -> float:
    terms = ["class"] * 2 * c
    for _pair in range(32 - c):
        terms += ["translation"] * t
    return 100 * terms.count("class") / len(terms)


def target_length(n: int, r: int, k: int) -> float:
    dropped = n * r // 100
    target: list[str] = []
    while dropped:
        target.append("sentinel")
        for _ in range(k):
            target.append("token")
            dropped -= 1
    return len([*target, "closing"])


def alpha_at_the_tie(a: float, b: float) -> float:
    low, high = 0.0, 2.0
    for _ in range(60):
        alpha = (low + high) / 2
        if -a / 5**alpha > -b / 10**alpha:
            low = alpha
        else:
            high = alpha
    return low


def bleu(candidate: list[str], reference: list[str]) -> float:
    precisions = []
    for n in range(1, 5):
        found, wanted = (Counter(zip(*(words[i:] for i in range(n)), strict=False)) for words in (candidate, reference))
        precisions.append((found & wanted).total() / found.total())
    penalty = min(1.0, math.exp(1 - len(reference) / len(candidate)))
    return 100 * penalty * statistics.geometric_mean(precisions)


def stops_early(c: int, r: int) -> float:
    reference = [f"word{i}" for i in range(r)]
    return bleu(reference[:c], reference)


def the_article_itself(n: int, r: int) -> float:
    reference = Counter(f"word{i}" for i in range(r))
    article = reference + Counter(f"other{i}" for i in range(n - r))
    overlap = (article & reference).total()
    return 100 * statistics.harmonic_mean([overlap / reference.total(), overlap / article.total()])


def tokens_of_a_wide_image(h: int, w: int, p: int) -> float:
    return 1 + sum(1 for _top in range(0, h, p) for _left in range(0, w, p))


def weights_of_the_cut(p: int, c: int, d: int) -> float:
    return sum(sum(1 for _ in itertools.product(range(c), range(p), range(p))) + 1 for _output in range(d))


def sharper_and_finer(s: int, p: int) -> float:
    before = len(range(0, 224, p)) ** 2
    after = len(range(0, s, 8)) ** 2
    return after * after / (before * before)


def what_windows_save(g: int, w: int) -> float:
    sizes = Counter((row // w, column // w) for row in range(g) for column in range(g))
    return sizes.total() ** 2 / sum(size * size for size in sizes.values())


def features_from_the_disk(e: int, v: int) -> float:
    whole = sum(forward + backward for forward, backward in [(1, 2)] * e)
    stored = sum(1 for _version in range(v))
    return whole / stored


WITNESSES: dict[str, Callable[..., float]] = {
    "bert-encoders/never-judged": never_judged,
    "bert-encoders/writing-with-masks": writing_with_masks,
    "bert-encoders/head-of-a-tagger": head_of_a_tagger,
    "bert-encoders/all-pieces-counted": all_pieces_counted,
    "bert-encoders/a-day-of-searching": a_day_of_searching,
    "gpt-decoders/four-tokens-perplexity": four_tokens_perplexity,
    "gpt-decoders/label-of-two-pieces": label_of_two_pieces,
    "gpt-decoders/rotated-score": rotated_score,
    "gpt-decoders/gated-mlp-from-config": gated_mlp_from_config,
    "gpt-decoders/one-gated-unit": one_gated_unit,
    "gpt-decoders/attention-weights-of-groups": attention_weights_of_groups,
    "gpt-decoders/wrong-partner": wrong_partner,
    "gpt-decoders/cache-thrown-away": cache_thrown_away,
    "gpt-decoders/two-tokens-cooled": two_tokens_cooled,
    "gpt-decoders/share-after-the-cut": share_after_the_cut,
    "seq2seq-transformers/scores-while-writing": scores_while_writing,
    "seq2seq-transformers/two-tokens-against-thirty": two_tokens_against_thirty,
    "seq2seq-transformers/target-length": target_length,
    "seq2seq-transformers/alpha-at-the-tie": alpha_at_the_tie,
    "seq2seq-transformers/stops-early": stops_early,
    "seq2seq-transformers/the-article-itself": the_article_itself,
    "vision-transformers/tokens-of-a-wide-image": tokens_of_a_wide_image,
    "vision-transformers/weights-of-the-cut": weights_of_the_cut,
    "vision-transformers/sharper-and-finer": sharper_and_finer,
    "vision-transformers/what-windows-save": what_windows_save,
    "vision-transformers/features-from-the-disk": features_from_the_disk,
}
