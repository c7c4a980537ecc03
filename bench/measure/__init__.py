"""Measures what a call costs: MetaFFI, a hand-written floor, and a peer.

All contestants call the same functions, in turns, in one run. Nothing here
judges a time; wrong results do fail the run.
"""
