"""What a reference is: its model, the formats it comes in, and free-text strings to fields. No checking, no network."""
