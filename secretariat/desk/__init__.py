"""What concerns me now: what I must do by when, whom I wait for, what comes next.

desk = min uke (for a contact: min kommune), due = frist, waiting = venter på andre.

One function, ``concerns(actor)``, feeds the page. Which desk one sees follows from what one holds today; who holds
several sees several. Each kind of desk costs a fixed number of statements. ``gathering`` writes the one letter that
tells of the news, to whoever has chosen to have it gathered.
"""
