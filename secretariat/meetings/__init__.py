"""Meetings, agendas, participants and presence.

meeting = møte, agenda = saksliste, agenda item = post på sakslisten, participant = deltaker, presence = frammøte,
absence = forfall.

Participants are computed from the appointments on the meeting's local date until the first notice, then they are rows.
A number is given once. Presence is intervals from item to item.
Invariants: ``ONE_NUMBER`` (unique per body, series and year; never reused), ``PARTYS_OWN_SERIES`` (a party that meets
alone in a joint body counts alone), ``NO_CLASH`` (one meeting of a body at one instant in each room), ``WALL_CLOCK``
(the stored instant is the wall clock in its zone), ``FROZEN_PARTICIPANTS``, ``AGENDA_ORDER``,
``ASIDE_IN_OWN_MEETING`` (who steps aside was called to the meeting that has the item).
"""
