"""What a view holds as data to take along: a table, five formats, and a ZIP of them."""
