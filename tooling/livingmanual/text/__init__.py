"""What several phases need to know about text: fingerprints, identities, Markdown escaping and offsets."""
