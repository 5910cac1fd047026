"""What concerns me now: my week, my own tasks, whom I wait for (desk = min uke)."""
