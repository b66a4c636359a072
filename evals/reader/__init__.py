"""Training the adapter with which the default language model says whether a passage states an answer."""
