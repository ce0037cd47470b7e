"""How faithful the repair is: damage clean texts, repair them, compare with what they were, print a table."""
