"""Rendering of papers to PDF."""
