"""From words with a place on a page to blocks: reading order, tables, footnotes, paragraphs, headings. Knows no file
format; `corpus.readers.pdf` supplies the words."""
