"""Agencies (cơ quan): organisations that owe answers, on which days they lived, and who stands in for those that ended.

Agency, its other names (tên gọi khác, viết tắt), succession (cơ quan cũ → cơ quan kế thừa, from a day, wholly or in part, with its basis).
People's Committees of communes and former districts are agencies too; their successions follow the areas.
Not users (accounts), not what an agency owes (duties).
"""
