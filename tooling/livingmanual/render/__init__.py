"""A Document to the job that makes an artifact, and the artifact's bytes to the same bytes with an edition stamp."""
