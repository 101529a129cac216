"""Lines for laws about lengths and bends: small steps anywhere on the earth."""

from hypothesis import assume
from hypothesis import strategies as st
from shapely.geometry import LineString


@st.composite
def walks(draw):
    """Draw a line of small steps, now and then over itself or back to its start."""
    lon, lat = draw(st.floats(-170, 170)), draw(st.floats(-66, 66))
    step = st.floats(-0.05, 0.05)
    walked = [(lon, lat)]
    for east, north in draw(st.lists(st.tuples(step, step), min_size=1, max_size=40)):
        lon, lat = lon + east, lat + north
        walked.append((lon, lat))
    if len(walked) > 3 and draw(st.booleans()):
        walked.append(walked[0])
    line = LineString(walked)
    assume(line.length > 0)
    return line
