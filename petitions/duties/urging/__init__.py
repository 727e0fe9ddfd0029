"""Urging (đôn đốc): what is proposed, issued and answered when an agency lets its day pass. Rises by rungs, each with a rank of addressee and signatory.

Rung = bậc thang đôn đốc; reminder = nhắc việc; urging letter = công văn đôn đốc; draft = dự thảo; acknowledgement = xác nhận đã nhận; candidate =
việc đề nghị giải trình, chất vấn, giám sát lại; decision = Ban nhận hoặc không nhận.

The daily job only proposes: drafts of letters, which an authorised person issues with the number that the registry gave, and which leave within
working hours. Who is a candidate for a committee is read from days and letters whenever it is asked, never stored; what was decided is.
"""
