"""What every command needs: options, the store, answers in words, harmless output."""
