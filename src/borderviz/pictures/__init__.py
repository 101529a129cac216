"""Pictures of map, charts and strips: PNG and SVG, drawn without a browser."""
