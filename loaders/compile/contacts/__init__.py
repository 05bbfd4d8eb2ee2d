"""How bodies could be reached, from the registers that give it."""
