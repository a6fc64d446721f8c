"""The manual command: reads options, calls one workflow, prints what came out."""
