"""How calls grow: with threads, loaded entities, elements and text; and what the first
one takes. Each part is a module with a `section`: tables, and charts of the same figures.
"""
