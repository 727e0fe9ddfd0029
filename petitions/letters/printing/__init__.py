"""A letter as PDF: the DOCX that was frozen, laid out once more by WeasyPrint in a guarded child. Nothing here knows the database.

`styles` says how a stretch or a paragraph of Word stands, `markup` writes a section as HTML for print, `__main__` is the child. What the DOCX holds and
this cannot lay out (pictures, text boxes, lists that number themselves) refuses the PDF: a page that says less than the letter is no copy of it.
"""
