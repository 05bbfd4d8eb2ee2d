"""What is to come: plans marked as plans, and counted where an answer leaves them out."""
