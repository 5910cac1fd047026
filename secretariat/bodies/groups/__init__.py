"""Groups under a body, standing or for a time (arbeidsutvalg, arbeidsgruppe), and the reports that they owe it."""
