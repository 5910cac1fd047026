"""What people get wrong, or try on purpose: it is stopped with a sentence, and nothing that was typed is lost."""
