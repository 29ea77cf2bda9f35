"""The sample commune: a working day to look around in, until a real commune begins.

``loading`` fills an empty database through the services that people use, ``clearing`` empties it
again, ``entrance`` lets a visitor of this very machine in with one click.
"""
