"""What was agreed on a body's composition, and how it stands on a day: rules, what is missing, balance, coverage."""
