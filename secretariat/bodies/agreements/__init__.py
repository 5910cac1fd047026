"""Agreements between the parties (avtaler): the overall one, the numbered sub-agreements, and the bodies under each."""
