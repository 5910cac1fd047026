"""How women and men stand among those who are named: a gentle remark and no hindrance."""

LEAST_SHARE = 0.4


def is_lopsided(women: int | None, men: int | None) -> bool:
    """Whether less than forty per cent of those counted are of one sex."""
    total = (women or 0) + (men or 0)
    return total > 1 and min(women or 0, men or 0) / total < LEAST_SHARE
