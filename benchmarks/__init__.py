"""Speed and accuracy, one command each."""
