"""From an upload that says anything to a file that is what it says: `inspection.inspect` gives a `CheckedFile`.

Nothing is imported here: a child process imports what looks into files, and must not need Django for it.
"""
