"""Second computations, by another route, of the numeric answers of the reinforcement-learning phase."""

import itertools
import math
from collections.abc import Callable, Sequence
from fractions import Fraction


def bisect(f: Callable[[float], float], low: float, high: float) -> float:
    rising = f(high) > 0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (low, middle) if (f(middle) > 0) == rising else (middle, high)
    return low


def softmax(logits: Sequence[float]) -> list[float]:
    weights = [math.exp(x) for x in logits]
    return [w / sum(weights) for w in weights]


def slope(f: Callable[[float], float], x: float, h: float = 1e-5) -> float:
    return (f(x + h) - f(x - h)) / (2 * h)


def back(rewards: Sequence[float], g: float) -> float:
    total = 0.0
    for reward in reversed(rewards):
        total = reward + g * total
    return total


def tolls_and_a_prize(n: int, R: int, g: float) -> float:
    return back([-1.0] * (n - 1) + [R - 1.0], g)


def patience_for_the_far_coin(a: int, b: int, m: int, n: int) -> float:
    left, right = [0.0] * (m - 1) + [float(a)], [0.0] * (n - 1) + [float(b)]
    return bisect(lambda g: back(right, g) - back(left, g), 0.05, 0.9999)


def value_of_a_stumbling_agent(e: float, q: int) -> float:
    values, policy = [q, 4, 4, 0], [e / 4] * 4
    policy[0] += 1 - e
    return sum(p * v for p, v in zip(policy, values, strict=True))


def work_and_repair(p: float, g: float, r: int) -> float:
    work = repair = 0.0
    for _ in range(2000):
        work, repair = r + g * repair, -1 + g * p * work
    return work


def safe_or_risky_backup(p: float, g: float, H: int, S: int) -> float:
    model = {"safe": [(1.0, 2.0, float(S))], "risky": [(p, 0.0, float(H)), (1 - p, 0.0, 5.0)]}
    return max(sum(chance * (r + g * v) for chance, r, v in outcomes) for outcomes in model.values())


def against_the_stream(e: float, k: int) -> float:
    one = Fraction(str(e)) / 2
    chance = Fraction(1)
    for _ in range(k):
        chance *= one
    return float(1 / chance)


def value_of_a_state_seen_once(n: int, k: int) -> float:
    a = b = 0.5
    for _ in range(40000):
        a, b = a + 0.001 * (b - a), b + 0.001 * (sum(1 - b for _ in range(k)) + sum(0 - b for _ in range(n + 1 - k)))
    return a


def value_with_the_cut_as_an_end(T: int, g: float) -> float:
    value = 0.0
    for _ in range(5000):
        targets = [1 + g * value] * (T - 1) + [1.0]
        value = sum(targets) / T
    return value


def prize_against_the_roundabout(k: int, c: int, g: float) -> float:
    return back([float(c) if step % k == 0 else 0.0 for step in range(1, 4000)], g)


def three_updates_one_entry(a: float, g: float) -> float:
    table = [[0.0, 0.0], [4.0, 1.0], [2.0, 6.0]]
    for s, action, r, n, over in [(1, 0, 0, 2, False), (0, 1, 2, 1, False), (1, 1, 20, 2, True)]:
        future = 0.0 if over else g * max(table[n])
        table[s][action] += a * (r + future - table[s][action])
    return table[0][1]


def updates_until_close(a: float) -> float:
    value, count = 0.0, 0
    while (8 - value) / 8 >= 0.05:
        value, count = value + a * (8 - value), count + 1
    return float(count)


def mean_target_at_the_edge(e: float, c: int) -> float:
    values = [-4, -6, -6, -c]
    chances = [1 - e + e / 4 if v == max(values) else e / 4 for v in values]
    return sum(p * (-1 + v) for p, v in zip(chances, values, strict=True))


def how_often_is_a_step_used(N: int, B: int, k: int) -> float:
    return sum(B / N for step in range(N) if step % k == 0)


def half_of_the_news_arrived(tau: float) -> float:
    weight, steps = 0.0, 0
    while weight < 0.5:
        weight, steps = (1 - tau) * weight + tau, steps + 1
    return float(steps)


def news_between_refreshes(n: int, C: int) -> float:
    online, frozen, step = [0.0] * (n + 1), [0.0] * (n + 1), 0
    while True:
        online = [(1.0 if i == n - 1 else 0.0) + 0.99 * frozen[i + 1] for i in range(n)] + [0.0]
        if online[0] > 0:
            return float(step)
        frozen, step = online, step + C


def best_of_coin_flips(k: int, d: int) -> float:
    return sum(max(errors) for errors in itertools.product((-d, d), repeat=k)) / math.pow(2, k)


def one_weight_runs_away(g: float, n: int, a: float) -> float:
    w = 1.0
    for _ in range(n):
        w += a * (0 + g * 2 * w - w)
    return w


def random_moves_in_the_budget(T: int, D: int, f: float) -> float:
    return sum(max(f, 1 - (1 - f) * (t + 0.5) / (1000 * D)) for t in range(1000 * T)) / 1000


def perfect_policy_half_marks(e: float, n: int, k: int) -> float:
    alive = 1.0
    for _ in range(n):
        alive -= alive * e * (k - 1) / k
    return 100 * alive


def torque_with_a_bell_curve(m: float, s: float, a: float, A: float) -> float:
    def log_density(mean: float) -> float:
        return math.log(math.exp(-((a - mean) ** 2) / (2 * s * s)) / (s * math.sqrt(2 * math.pi)))

    return m + 0.1 * A * slope(log_density, m)


def one_step_new_probability(p: float, A: int) -> float:
    first, second = math.log(p), math.log(1 - p)
    up = 0.5 * A * slope(lambda x: math.log(softmax([x, second])[0]), first)
    down = 0.5 * A * slope(lambda x: math.log(softmax([first, x])[0]), second)
    return softmax([first + up, second + down])[0]


def true_push_on_a_logit(p: float, x: int, y: int) -> float:
    rest = [math.log(0.5), math.log(0.5 - p)]
    return slope(lambda t: sum(q * r for q, r in zip(softmax([t, *rest]), (x, 10, y), strict=True)), math.log(p))


def variance_with_two_actions(x: int, y: int, b: int) -> float:
    samples = [(x - b) * (1 - 0.5), (y - b) * (0 - 0.5)]
    mean = sum(samples) / 2
    return sum((v - mean) ** 2 for v in samples) / 2


def weight_of_the_third_action(g: float, z: int, y: int) -> float:
    return back([3, 0, y, 1, z][2:], g)


def noise_of_an_early_coin(d: int, q: float) -> float:
    outcomes = [(0.5 * chance, coin, last) for coin in (-d, d) for chance, last in ((q, 1), (1 - q, 0))]

    def variance(weight: Callable[[int, int], float]) -> float:
        mean = sum(p * weight(c, w) for p, c, w in outcomes)
        return sum(p * (weight(c, w) - mean) ** 2 for p, c, w in outcomes)

    return variance(lambda c, w: c + w) / variance(lambda _, w: w)


def critic_off_by_a_constant(g: float, c: int) -> float:
    here, there, reward = 7.0, 3.0, 2.0
    return (reward + g * (there + c) - (here + c)) - (reward + g * there - here)


def gae_from_the_back(g: float, lam: float, d: int) -> float:
    deltas = [1.0, -2.0, float(d)]
    steps = [sum(g**k * deltas[k] for k in range(n)) for n in (1, 2, 3)]
    return (1 - lam) * (steps[0] + lam * steps[1]) + lam * lam * steps[2]


def blind_critic_late_reward(lam: float, n: int, R: int) -> float:
    advantage = 0.0
    for step in reversed(range(n)):
        advantage = (R if step == n - 1 else 0) + lam * advantage
    return advantage


def mean_clipped_objective(e: float, A: int) -> float:
    total = 0.0
    for old, new, adv in ((0.2, 0.3, A), (0.5, 0.2, A), (0.4, 0.6, -1)):
        ratio = new / old
        total += min(ratio * adv, sorted((1 - e, ratio, 1 + e))[1] * adv)
    return total / 3


def price_of_the_bonus(d: int, b: float) -> float:
    def objective(p: float) -> float:
        return d * p - b * (p * math.log(p) + (1 - p) * math.log(1 - p))

    return 100 * max((i / 100000 for i in range(1, 100000)), key=objective)


def push_left_after_collapse(q: float, A: int) -> float:
    return slope(lambda t: A * softmax([t, 0.0])[0], math.log(q / (1 - q)))


WITNESSES: dict[str, Callable[..., float]] = {
    "rl-fundamentals/tolls-and-a-prize": tolls_and_a_prize,
    "rl-fundamentals/patience-for-the-far-coin": patience_for_the_far_coin,
    "rl-fundamentals/value-of-a-stumbling-agent": value_of_a_stumbling_agent,
    "rl-fundamentals/work-and-repair": work_and_repair,
    "rl-fundamentals/safe-or-risky-backup": safe_or_risky_backup,
    "rl-fundamentals/against-the-stream": against_the_stream,
    "rl-fundamentals/value-of-a-state-seen-once": value_of_a_state_seen_once,
    "rl-fundamentals/value-with-the-cut-as-an-end": value_with_the_cut_as_an_end,
    "rl-fundamentals/prize-against-the-roundabout": prize_against_the_roundabout,
    "q-learning-dqn/three-updates-one-entry": three_updates_one_entry,
    "q-learning-dqn/updates-until-close": updates_until_close,
    "q-learning-dqn/mean-target-at-the-edge": mean_target_at_the_edge,
    "q-learning-dqn/how-often-is-a-step-used": how_often_is_a_step_used,
    "q-learning-dqn/half-of-the-news-arrived": half_of_the_news_arrived,
    "q-learning-dqn/news-between-refreshes": news_between_refreshes,
    "q-learning-dqn/best-of-coin-flips": best_of_coin_flips,
    "q-learning-dqn/one-weight-runs-away": one_weight_runs_away,
    "q-learning-dqn/random-moves-in-the-budget": random_moves_in_the_budget,
    "q-learning-dqn/perfect-policy-half-marks": perfect_policy_half_marks,
    "policy-gradients/torque-with-a-bell-curve": torque_with_a_bell_curve,
    "policy-gradients/one-step-new-probability": one_step_new_probability,
    "policy-gradients/true-push-on-a-logit": true_push_on_a_logit,
    "policy-gradients/variance-with-two-actions": variance_with_two_actions,
    "policy-gradients/weight-of-the-third-action": weight_of_the_third_action,
    "policy-gradients/noise-of-an-early-coin": noise_of_an_early_coin,
    "policy-gradients/critic-off-by-a-constant": critic_off_by_a_constant,
    "policy-gradients/gae-from-the-back": gae_from_the_back,
    "policy-gradients/blind-critic-late-reward": blind_critic_late_reward,
    "policy-gradients/mean-clipped-objective": mean_clipped_objective,
    "policy-gradients/price-of-the-bonus": price_of_the_bonus,
    "policy-gradients/push-left-after-collapse": push_left_after_collapse,
}
