"""An answer or a whole conversation to be taken away, its citations intact: Markdown, Word and JSON."""

from assistant.exports.markdown import as_markdown
from assistant.exports.record import as_record
from assistant.exports.word import as_word

__all__ = ["as_markdown", "as_record", "as_word"]
