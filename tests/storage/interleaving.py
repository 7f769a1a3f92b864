"""Two seats at one record: whoever is second hears it, and what either wrote is kept (C1, on both databases)."""

from __future__ import annotations

import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine, select

from pulse_desktop.basics.problems import Outdated
from pulse_desktop.storage.door import Door
from pulse_desktop.storage.ledgers import History
from tests.storage import workshop as shop
from tests.storage.workshop import Bench, Moving, Putting


def interleave(doors: Sequence[Door], engine: Engine, times: int) -> int:
    """So many times two seats write over the same version, one after the other or at once; how often one was refused."""
    chance, refused = random.Random(1), 0
    bench = doors[0].do(shop.put_bench, Putting("first")).answer
    version = 1
    with ThreadPoolExecutor(2) as pool:
        for at in range(times):
            texts = [f"{at} of seat {seat}" for seat in range(2)]
            order = chance.sample(range(2), 2)
            if chance.random() < 0.5:
                told = list(pool.map(lambda seat, text, seen: _moved(doors[seat], Moving(bench, seen, text)), order, texts, [version] * 2))
            else:
                told = [_moved(doors[seat], Moving(bench, version, text)) for seat, text in zip(order, texts, strict=True)]
            assert sorted(told) == [False, True]
            second = told.index(False)
            refused += 1
            doors[order[second]].do(shop.move_bench, Moving(bench, version + 1, texts[second]))  # they looked at both and keep theirs
            version += 2
            _check_both_kept(engine, bench, version, texts[1 - second], texts[second])
    return refused


def _moved(door: Door, value: Moving) -> bool:
    try:
        door.do(shop.move_bench, value)
    except Outdated:
        return False
    return True


def _check_both_kept(engine: Engine, bench: int, version: int, first: str, second: str) -> None:
    with engine.begin() as connection:
        assert connection.execute(select(Bench.words, Bench.version).where(Bench.id == bench)).one() == (second, version)
        images = connection.execute(
            select(History.image).where(History.subject == "shop_bench", History.row_id == bench, History.version >= version - 1).order_by(History.version)
        )
        assert [text in image for text, image in zip((first, second), images.scalars(), strict=True)] == [True, True]
