"""A question is encoded once, however often its vector is asked for; memory and threads are kept within bounds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from index.remember import RememberingEmbedder


@pytest.fixture
def remembering(embedder) -> RememberingEmbedder:
    return RememberingEmbedder(embedder, 3)


def test_a_text_asked_for_again_is_not_encoded_again(remembering, embedder) -> None:
    first = remembering.encode(["salmon"])

    assert np.array_equal(remembering.encode(["salmon"]), first)
    assert np.array_equal(remembering.encode(["oaks", "salmon"])[1], first[0])
    assert embedder.encoded == ["salmon", "oaks"]


def test_vectors_are_the_other_embedders_in_the_order_asked_for(remembering, make_embedder) -> None:
    remembering.encode(["oaks"])
    for texts in (["salmon", "oaks"], ["oaks", "salmon"], ["oaks", "oaks"], ["salmon"], [], ["a", "b", "c", "d"]):
        assert np.array_equal(remembering.encode(texts), make_embedder().encode(texts))
    assert (remembering.name, remembering.fingerprint) == ("words", "words-1")


def test_the_text_longest_unused_is_forgotten(remembering, embedder) -> None:
    for text in ("salmon", "oaks", "bridges", "salmon", "squirrels"):
        remembering.encode([text])
    embedder.encoded.clear()

    remembering.encode(["salmon"])
    remembering.encode(["oaks"])

    assert embedder.encoded == ["oaks"]


def test_many_texts_at_once_push_no_question_out(remembering, embedder) -> None:
    remembering.encode(["salmon"])
    remembering.encode([f"sentence {number}" for number in range(10)])
    embedder.encoded.clear()

    remembering.encode(["salmon"])

    assert embedder.encoded == []


def test_a_vector_that_a_caller_changes_is_not_what_is_remembered(remembering) -> None:
    first = remembering.encode(["salmon"])
    kept = first.copy()
    first[:] = 0

    assert np.array_equal(remembering.encode(["salmon"]), kept)


def test_threads_get_the_vectors_of_their_own_questions(remembering, make_embedder) -> None:
    texts = [f"question {number % 7}" for number in range(400)]
    right = {text: make_embedder().encode([text])[0] for text in set(texts)}

    with ThreadPoolExecutor(8) as pool:
        found = pool.map(lambda text: remembering.encode([text])[0], texts)

    assert all(np.array_equal(vector, right[text]) for text, vector in zip(texts, found, strict=True))
