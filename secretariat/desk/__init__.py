"""What concerns me now: what I must do by when, whom I wait for, what comes next.

desk = min uke (for a contact: min kommune), due = frist, waiting = venter på andre.

One function, ``concerns(actor)``, feeds the page and all that is told by mail. Which desk one sees follows from what
one holds today; who holds several sees several. Each kind of desk costs a fixed number of statements.
"""
