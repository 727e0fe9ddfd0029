"""Oversight: what the Council concluded, demand by demand, until it is implemented. A recommendation becomes duties; it knows no petition.

Words: activity = hoạt động giám sát; issued document = nghị quyết, kết luận, thông báo kết luận, báo cáo; clause = điểm, khoản; recommendation =
kiến nghị sau giám sát (one numbered demand); verification = kiểm tra, xác minh; promise = lời hứa, cam kết. Only the supervising side closes.
"""
