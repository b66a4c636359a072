"""What a sentence claims, read from its surface: amounts, dates, names, who does it, how firmly, and what is denied.

Rules about English in general; nothing here knows a document.
"""
