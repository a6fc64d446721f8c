"""A Document and its catalogs to the same Document in another language, and Documents to catalogs."""
