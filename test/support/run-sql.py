"""Runs the query on standard input on the tables of the file that is named, and prints its rows."""

import sqlite3
import sys

database = sqlite3.connect(":memory:")
with open(sys.argv[1]) as tables:
    database.executescript(tables.read())
rows = database.execute(sys.stdin.read())
print(" | ".join(column for column, *_ in rows.description))
for row in rows:
    print(" | ".join(str(value) for value in row))
