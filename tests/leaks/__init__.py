"""What one may not see does not come out anywhere: not on a page, in a list, a count, a feed, a file or a mail."""
