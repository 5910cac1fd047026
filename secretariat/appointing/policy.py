"""Who may see and change rounds of appointing."""
