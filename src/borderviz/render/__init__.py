"""From a selection to what is seen: HTML, map data, the folium map."""
