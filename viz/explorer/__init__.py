"""The explorer: one page with all of England, all years and the plans; its data, and the page that holds them."""
