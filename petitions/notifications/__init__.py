"""Notifications (thông báo): whom we tell what, on the page and by mail.

Message = tin; wish = cách nhận (at once = nhận ngay, daily = gộp mỗi ngày, none = không nhận thư); quiet hours = ngoài giờ làm việc; absence =
vắng mặt; substitute = người thay; mail = thư; bounce = thư bị từ chối; undecided = có thể đã gửi.

A message is written in the transaction that causes it (`actions.tell`), with its promise in the outbox. Mail is sent by the worker: a row says
"sending" before the first byte leaves, so a crash leaves at most one mail whose fate a person decides; nothing is sent twice by itself.

Not letters: official letters are numbered and signed. A mail holds no data of petitioners, only what to look at and the way there.
"""
