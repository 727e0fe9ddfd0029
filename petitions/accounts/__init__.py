"""Accounts (tài khoản): who may come in, as which role (vai trò), within which scope (phạm vi), and from which device (thiết bị).

Words: user = người dùng, role = vai trò, permission = quyền, scope = phạm vi, login session = phiên đăng nhập, brake = chặn thử sai.
Not here: what a body, constituency or agency is (a scope holds a kind and an id; the rooms above register what they mean),
and not the persons of the domain: a delegate's mandate lives in the council's room, a petitioner's data at the intake.
"""
