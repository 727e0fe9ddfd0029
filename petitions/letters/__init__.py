"""Letters (văn bản đi): what the office sends, laid out by decree 30/2020, numbered, signed, frozen. It knows no duty and no petition.

Letter = văn bản; book = sổ văn bản đi, the register that gives numbers; entry = dòng trong sổ; template = mẫu văn bản, which the office edits in
Word; annex = phụ lục; signatory = người ký, with who signs instead while away; addressee = nơi gửi đến; issue = phát hành; recall = thu hồi, until
the letter leaves; frozen copy = bản phát hành, kept by digest and never rendered again; scan = bản quét đã ký.

Who drafts a letter gives its fields as data and keeps its id; a room whose letters have tables of their own (the transfer) takes numbers of the
same books through `registry.py` and its DOCX through `rendering`. Signature and stamp happen outside: room is left for them, they are never drawn.
"""
