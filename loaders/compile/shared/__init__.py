"""What every dataset needs: citing sources, reading the registers that many share, shaping changes."""
