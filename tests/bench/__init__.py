"""Speed and size in numbers, beside a bare page on the same machine in the same minute. ``python -m tests.bench``."""
