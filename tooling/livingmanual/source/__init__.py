"""Source files to a Document: front matter, blocks, runs and the ids of sections."""
