"""The least that Flask can do: what the house's own pages are measured against."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def ok() -> str:
    """Nothing but «ok»."""
    return "ok"
