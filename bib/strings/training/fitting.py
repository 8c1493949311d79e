"""Trains the network on examples and gives its weights in the form that ``bib.strings.network`` reads."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import torch
from torch import Tensor, nn

from bib.strings.encoding import CONTAINER_MARKS, CONTEXTS, Encoded, Vocabulary, encode
from bib.strings.features import AFFIX_VALUES, DENSE, Lexicon, Shape
from bib.strings.labels import LABELS
from bib.strings.training.aligning import Example

#: Size of the vectors of tokens, and of the states of each direction.
INPUT, WIDTH = 64, 80
_BATCH = 48
_RAREST_WORD = 4
_DROPOUT = 0.3
_FORBIDDEN = -1e4


def known_words(examples: Sequence[Example]) -> list[str]:
    """The words that have vectors of their own: frequent, and no numbers."""
    counts = Counter(word.lower() for example in examples for word in example.tokens.words)
    return sorted(
        word
        for word, count in counts.items()
        if count >= _RAREST_WORD and not any(c.isdigit() for c in word) and "\n" not in word
    )


class Tagger(nn.Module):
    """The network of ``bib.strings.network`` with gradients."""

    def __init__(self, words: int) -> None:
        super().__init__()
        self.word = nn.Embedding(words + 1, INPUT)
        self.first, self.last, self.end = (nn.Embedding(AFFIX_VALUES, INPUT) for _ in range(3))
        self.shape = nn.Embedding(len(Shape), INPUT)
        self.context = nn.Embedding(CONTEXTS, INPUT)
        self.container = nn.Embedding(CONTAINER_MARKS, INPUT)
        self.dense = nn.Linear(DENSE, INPUT)
        self.reader = nn.LSTM(INPUT, WIDTH, bidirectional=True, batch_first=True)
        self.out = nn.Linear(2 * WIDTH, len(LABELS))
        self.transitions = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        self.begin = nn.Parameter(torch.zeros(len(LABELS)))
        self.finish = nn.Parameter(torch.zeros(len(LABELS)))
        for table in (self.word, self.first, self.last, self.end, self.shape, self.context, self.container):
            nn.init.normal_(table.weight, std=0.1)
        self.drop = nn.Dropout(_DROPOUT)

    def forward(self, ids: Tensor, dense: Tensor, context: Tensor, container: Tensor, lengths: Tensor) -> Tensor:
        """Scores of shape (strings, steps, labels)."""
        x = (
            self.word(ids[..., 0])
            + self.first(ids[..., 1])
            + self.last(ids[..., 2])
            + self.end(ids[..., 3])
            + self.shape(ids[..., 4])
        )
        x = x + self.dense(dense) + self.context(context) + self.container(container)
        packed = nn.utils.rnn.pack_padded_sequence(self.drop(x), lengths, batch_first=True, enforce_sorted=False)
        states, _ = nn.utils.rnn.pad_packed_sequence(self.reader(packed)[0], batch_first=True)
        return self.out(self.drop(states))

    def loss(self, scores: Tensor, allowed: Tensor, lengths: Tensor) -> Tensor:
        """The negative log-likelihood of the allowed paths together, a string: how much of all paths' weight they miss."""
        batch, steps, _ = scores.shape
        permitted = scores + (~allowed) * _FORBIDDEN
        both = torch.cat((scores, permitted))
        state = both[:, 0] + self.begin
        ends = torch.cat((lengths, lengths))
        for step in range(1, steps):
            following = torch.logsumexp(state[:, :, None] + self.transitions, dim=1) + both[:, step]
            state = torch.where((step < ends)[:, None], following, state)
        total = torch.logsumexp(state + self.finish, dim=1)
        return (total[:batch] - total[batch:]).mean()


class Set:
    """Examples as numbers, dealt out in batches."""

    def __init__(
        self, examples: Sequence[Example], vocabulary: Vocabulary, names: dict[int, np.ndarray], *, made_up: bool
    ) -> None:
        self.encoded: Encoded = encode([example.tokens for example in examples], vocabulary, names)
        bits = np.array([bit for example in examples for bit in example.allowed], dtype=np.int64)
        self.allowed = (bits[:, None] >> np.arange(len(LABELS))) & 1 == 1
        self.starts = np.concatenate(([0], np.cumsum(self.encoded.lengths)))
        self.made_up = made_up

    def __len__(self) -> int:
        return len(self.encoded.lengths)


def batches(sets: Sequence[Set], draw: random.Random) -> Iterator[tuple[Set, list[int]]]:
    """All strings of all sets once, those of similar length together, in an order at random."""
    dealt: list[tuple[Set, list[int]]] = []
    for part in sets:
        order = list(range(len(part)))
        draw.shuffle(order)
        for start in range(0, len(order), 50 * _BATCH):
            pool = sorted(order[start : start + 50 * _BATCH], key=lambda index: int(part.encoded.lengths[index]))
            dealt += [(part, pool[place : place + _BATCH]) for place in range(0, len(pool), _BATCH)]
    draw.shuffle(dealt)
    return iter(dealt)


def _tensors(
    part: Set, chosen: Sequence[int], tables: tuple[np.ndarray, np.ndarray], draw: np.random.Generator | None
) -> tuple[Tensor, ...]:
    encoded = part.encoded
    lengths = encoded.lengths[list(chosen)]
    width = int(lengths.max())
    places = np.minimum(np.arange(width), lengths[:, None] - 1) + part.starts[list(chosen)][:, None]
    rows = encoded.rows[places]
    ids, dense = tables[0][rows].copy(), tables[1][rows].copy()
    container = encoded.container[places].astype(np.int64)
    if draw is not None:
        # A word is taken for unknown now and then, so that the rest of what is seen of it must do.
        unknown = draw.random(rows.shape) < (0.25 if part.made_up else 0.12)
        ids[..., 0][unknown] = 0
        ends = draw.random(rows.shape) < 0.05
        ids[..., 1:4][ends] = 0
        dense[draw.random(rows.shape) < (0.2 if part.made_up else 0.1)] = 0
        container[draw.random(len(lengths)) < (0.45 if part.made_up else 0.2)] = 0
    allowed = part.allowed[places]
    return tuple(
        torch.from_numpy(array)
        for array in (ids, dense, encoded.context[places].astype(np.int64), container, lengths.astype(np.int64), allowed)
    )


def fit(
    fixed: Sequence[Sequence[Example]],
    made_up: Callable[[int], Sequence[Example]],
    words: Sequence[str],
    names: dict[int, np.ndarray],
    *,
    epochs: int,
    seed: int = 1,
) -> dict[str, np.ndarray]:
    """The weights after so many epochs over the fixed examples and freshly printed ones (``made_up`` of the epoch's number)."""
    torch.manual_seed(seed)
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(1)  # the sums come out the same whatever the number of cores, and small products gain nothing by more
    vocabulary = Vocabulary({word: index for index, word in enumerate(words, start=1)}, Lexicon.load())
    real = [Set(examples, vocabulary, names, made_up=False) for examples in fixed if examples]
    tagger = Tagger(len(words))
    rate = 2e-3
    optimiser = torch.optim.Adam(tagger.parameters(), lr=rate)
    draw, noise = random.Random(seed), np.random.default_rng(seed)
    average: dict[str, Tensor] = {}
    steps = 0
    for epoch in range(epochs):
        printed = Set(made_up(epoch), vocabulary, names, made_up=True)
        tables = np.array(vocabulary.ids, dtype=np.int64), np.array(vocabulary.dense, dtype=np.float32)
        tagger.train()
        began, total, count = time.monotonic(), 0.0, 0
        dealt = list(batches([*real, printed], draw))
        for number, (part, chosen) in enumerate(dealt):
            progress = (epoch + number / len(dealt)) / epochs
            for group in optimiser.param_groups:
                group["lr"] = rate * min(1.0, steps / 200 + 0.01) * (1 - progress) ** 0.9 + 1e-5
            ids, dense, context, container, lengths, allowed = _tensors(part, chosen, tables, noise)
            loss = tagger.loss(tagger(ids, dense, context, container, lengths), allowed, lengths)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(tagger.parameters(), 5.0)
            optimiser.step()
            steps += 1
            total, count = total + loss.item(), count + 1
            if epoch >= epochs - 3 and number % 20 == 0:
                _average(average, tagger)
        print(f"epoch {epoch + 1}: loss {total / count:.4f} a string, {time.monotonic() - began:.0f} s", flush=True)
    if average:
        with torch.no_grad():
            for name, value in tagger.state_dict().items():
                value.copy_(average[name] / average["count"])
    return weights_of(tagger)


def _average(average: dict[str, Tensor], tagger: Tagger) -> None:
    """Adds the weights of now to the sum: their mean over the last epochs does better than the last ones."""
    for name, value in tagger.state_dict().items():
        average[name] = average[name] + value if name in average else value.clone()
    average["count"] = average.get("count", torch.zeros(())) + 1


def weights_of(tagger: Tagger) -> dict[str, np.ndarray]:
    """The weights by the names that ``bib.strings.network`` knows, gates in its order (input, forget, output, candidate)."""

    def gates(matrix: Tensor) -> np.ndarray:
        first, second, third, fourth = matrix.detach().numpy().reshape(4, WIDTH, -1)
        return np.concatenate((first, second, fourth, third)).T

    found = {
        name: getattr(tagger, name).weight.detach().numpy()
        for name in ("word", "first", "last", "end", "shape", "context", "container")
    }
    found |= {"dense": tagger.dense.weight.detach().numpy().T, "dense_bias": tagger.dense.bias.detach().numpy()}
    found |= {"out": tagger.out.weight.detach().numpy().T, "out_bias": tagger.out.bias.detach().numpy()}
    for direction, suffix in (("forward", ""), ("backward", "_reverse")):
        parameters = dict(tagger.reader.named_parameters())
        found[f"{direction}_input"] = gates(parameters[f"weight_ih_l0{suffix}"])
        found[f"{direction}_hidden"] = gates(parameters[f"weight_hh_l0{suffix}"])
        bias = parameters[f"bias_ih_l0{suffix}"] + parameters[f"bias_hh_l0{suffix}"]
        found[f"{direction}_bias"] = gates(bias)[0]
    found |= {name: getattr(tagger, name).detach().numpy() for name in ("transitions", "begin", "finish")}
    return found
