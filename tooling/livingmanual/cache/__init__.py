"""What must be built again: keys of what went into an artifact, and the plan that follows from them."""
