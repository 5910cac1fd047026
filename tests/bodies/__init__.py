"""Tests of the room bodies."""
