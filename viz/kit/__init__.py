"""What every picture draws with: pages, SVG, words, colours, references."""
