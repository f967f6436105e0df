"""What the tests of the whole share: the catalogue, read once."""

import pytest

from catalog.load import Catalog, load_catalog


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The built-in facts, without anybody's own folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("RACKPRESS_CATALOG", raising=False)
        return load_catalog()
