"""An appointment put right: its level, its term, or all of it when it was made by mistake."""
