"""What changed between two days, and who took over from whom."""
