"""The manual and its overlays to one resolved, filtered Document, with the drift of every override."""
