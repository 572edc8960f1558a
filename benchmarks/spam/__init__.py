"""What the spam filter finds, and where its points come from."""
