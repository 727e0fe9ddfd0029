"""The documents room (tài liệu): scans of letters, answers, evidence, attachments. It knows no petition and no duty.

A document (tài liệu) is a row about a file; its content (nội dung tệp) is kept once per digest outside the pages' folders, behind
`store.py`; a link (liên kết) says to which subject (chủ thể) it belongs and as what (vai trò). What may be seen is asked of the
subject's room through `ports.py`. Text (văn bản đọc được) and previews (ảnh xem trước) are made in a guarded process (`guard.py`,
`reading/`). Deleting is marking; what a letter cites (trích dẫn) cannot be taken away.

It is no archive of state secrets: of a MẬT document only a stub is kept, "not stored, see paper file no. …". Not imports: their
files are working files of `intake/importing`.
"""
