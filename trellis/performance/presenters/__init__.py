"""What pages and files of performance show: `words` for figures, charts and rows, `pages` for whole pages."""
