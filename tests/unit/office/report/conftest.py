import pytest

from signage.link.catalogues import load_catalogues
from signage.office.report.pages import Press
from signage.office.report.words import Words


@pytest.fixture(scope="session")
def press() -> Press:
    catalogues = load_catalogues()
    return Press(Words(catalogues["zh"], catalogues["en"]))
