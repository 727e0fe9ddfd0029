"""Duties (nghĩa vụ): what an agency owes by when, and what became of it.

Duty = việc phải giải quyết và trả lời; bundle = tập hợp gửi đi; transfer letter = công văn chuyển; acknowledgement = xác nhận đã nhận; return =
trả lại vì không đúng thẩm quyền; answer = trả lời; commitment = ngày hẹn; re-ask = yêu cầu trả lời lại; suspension = tạm dừng tính hạn;
extension = gia hạn; hand-over = bàn giao.

Two clocks: when the reply is due, and when the thing promised is due. Answered is not resolved, and only the supervising side closes.

Not a room that knows petitions: a subject is a kind and a number; the room that owns it speaks through a port (subjects.py).
"""
