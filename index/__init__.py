"""Finding passages: embeddings, keywords, and the store that holds them."""
