"""A reader's own table as an overlay: cleaned, located along the borders, narrowed.

Pure: a table and a few choices go in, arrays come out; nothing is stored or drawn.
Rows that have no usable place are told, never dropped in silence.
"""
