"""How calls scale: with threads, loaded entities, elements and text; and the cost of the
first call. Each part is a module with a `section`: tables, and charts of the same figures.
"""
