"""The central types: what the phases hand to each other, with no effects and no knowledge of any phase."""
