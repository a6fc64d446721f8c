"""Every effect on the world, one module for each neighbour: disk, git, pandoc, typst, the clock."""
