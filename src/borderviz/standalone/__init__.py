"""The map page that needs no server: one file, or the pages of a static site."""
