"""Council: who was elected where, and when — bodies, terms, council sessions, constituencies, delegates.

Words: body = cơ quan dân cử (HĐND, Đoàn ĐBQH), term = nhiệm kỳ / khóa, council session = kỳ họp, constituency = đơn vị bầu cử,
constituency unit = địa bàn of a constituency, delegate = đại biểu, mandate = thời gian làm đại biểu, deputy group = tổ đại biểu,
committee = Ban. Every list is valid from a day to a day; nothing true on a date is overwritten.
Not a register of persons: the office enters its public office holders itself. Not petitions, and no agencies.
"""
