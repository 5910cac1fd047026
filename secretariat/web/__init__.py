"""The house put together: which rooms have pages, who hears whom, the frame around every page, errors, static sources.

Server, worker, migrations and verification run from here; what they work with lies in the rooms.
"""
