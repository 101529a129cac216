"""Linear referencing: kilometres along a line, and where points lie beside it.

`reference` is what the rest of the program uses. Below it: `tape` counts kilometres,
`segments` and `nearest` find feet in a plane, `geodesy` knows the earth, `threads` does
long arrays in parts. Pure functions and arrays; no file, no place name.
"""

from borderviz.linear.reference import DIRECTIONS, LinearReference, Positions

__all__ = ["DIRECTIONS", "LinearReference", "Positions"]
