from collections.abc import Iterator

import pytest
from sqlalchemy import Column, Connection, Integer, MetaData, Table, create_engine, insert, select, types as sql

from secretariat.core.text.column import RichText
from secretariat.core.text.document import Document
from secretariat.core.text.markdown import read_markdown

papers = Table("paper", MetaData(), Column("id", Integer, primary_key=True), Column("body", RichText))
stored = Table("paper", MetaData(), Column("id", Integer, primary_key=True), Column("body", sql.Text))


@pytest.fixture
def connection() -> Iterator[Connection]:
    """An empty database in memory."""
    engine = create_engine("sqlite://")
    with engine.connect() as open_connection:
        papers.create(open_connection)
        yield open_connection
    engine.dispose()


def test_the_same_words_in_other_blocks_are_stored_anew() -> None:
    before, after = read_markdown("Teksten."), read_markdown("Teksten.")
    assert before == after
    assert not RichText().compare_values(before, after)
    assert RichText().compare_values(before, before)
    assert RichText().compare_values(None, None)
    assert not RichText().compare_values(None, Document.empty())


def test_a_text_comes_back_from_the_database_as_it_was(connection: Connection) -> None:
    paper = read_markdown("# Bakgrunn\n\n1. mai er fridag")
    connection.execute(insert(papers), [{"body": paper}, {"body": Document.empty()}, {"body": None}])
    assert list(connection.scalars(select(papers.c.body).order_by(papers.c.id))) == [paper, Document.empty(), None]
    assert connection.scalar(select(stored.c.body)) == paper.to_json()
