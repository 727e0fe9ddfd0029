"""What every page needs: one request one transaction, access, csrf, errors, forms, words, headers, static files.

Imported by views, by commands' doors and by the factory only. Knows no room: rooms register menu entries, panels, and
(accounts) who the signed-in person is.
"""
