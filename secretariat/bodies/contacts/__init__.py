"""How those who take part in a body are reached: to read, as files, and to paste."""
