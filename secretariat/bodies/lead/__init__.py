"""Who leads: the chair plan of a body and the common secretariat, with the sides taking turns."""
