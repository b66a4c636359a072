"""From evidence to sentences: quoting the text, or having a model write and cite it."""
