"""Lists that tell of bodies more than that they exist: who was in which network, who was a member of whom, how many
people are registered with a practice; and the workbooks and records in which they come."""
