"""Who may see and change transitions."""
