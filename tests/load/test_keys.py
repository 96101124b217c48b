"""A fact's key is what HMAC-SHA-256 gives for it, cut to 32 bits."""

import hmac
import secrets

import pyarrow

from dashboard.build import keyed_hash


def test_a_key_is_the_first_four_bytes_of_the_hmac_of_its_text():
    texts = ["patient P1", "", "patient é", "denervation " + "x" * 200]
    for secret in (b"", b"short", secrets.token_bytes(32), secrets.token_bytes(64), secrets.token_bytes(99)):
        said = [int.from_bytes(hmac.digest(secret, text.encode(), "sha256")[:4], "big") for text in texts]
        assert keyed_hash(secret)(pyarrow.array(texts)).to_pylist() == said
        assert keyed_hash(secret)(pyarrow.array([], pyarrow.string())).to_pylist() == []
